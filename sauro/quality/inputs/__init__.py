"""The inputs of a management review (TCVN ISO 9001:2015, 9.3.2), gathered from what the system holds.

One small function for each: it gives rows [[label, value, note]] as of a day. The rows become part of an official
paper, so they are Vietnamese whatever language the person works in.
"""

from sauro.quality.inputs.span import Rows, Span, span_of
from sauro.quality.inputs.table import INPUTS, Input, gather, input_of

__all__ = ["INPUTS", "Input", "Rows", "Span", "gather", "input_of", "span_of"]
