"""The trials that come along, held against what is known of them."""
