"""Foreign PDFs: what comes in is rebuilt from what printing uses, and proved to look the same."""
