"""What the HTML report is made of: its words, its entries, the marked article, the map; template, style and script."""
