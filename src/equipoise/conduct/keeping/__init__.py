"""Keeping a study: backups that prove themselves, bringing one back, and what was kept when (ICH E6(R3) 4.3.3)."""
