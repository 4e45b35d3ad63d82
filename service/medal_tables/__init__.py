"""What the pages of medal tables tell: tables, the events behind a cell, comparisons, histories."""
