"""The pages that the programs of every supplier of results have; a program says its words, columns and ways."""
