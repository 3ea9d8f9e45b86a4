"""What a primary result says of the design's question: superior or non-inferior, at which look, against which bound."""

from equipoise.analysis.conclusion.finding_look import find_present_look
from equipoise.analysis.conclusion.judging import conclude
from equipoise.analysis.conclusion.present_look import PresentLook
from equipoise.analysis.conclusion.question import Question, question_of
from equipoise.analysis.conclusion.telling_look import tell_look

__all__ = ["PresentLook", "Question", "conclude", "find_present_look", "question_of", "tell_look"]
