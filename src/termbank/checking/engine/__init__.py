"""One text against compiled rules: raw hits, what stands around them, what kind of hit each is."""
