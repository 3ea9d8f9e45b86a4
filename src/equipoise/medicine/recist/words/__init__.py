"""What is remarked about a tumor assessment, in both languages."""

from equipoise.medicine.recist.words.remarked import TABLE, phrase, remark

__all__ = ["TABLE", "phrase", "remark"]
