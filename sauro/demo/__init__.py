"""The demonstration agency: Sở Công Thương tỉnh Bình Lãng. Province, people and figures are invented."""
