"""Records of the quality room as the papers that `sauro.writing.quality` writes."""
