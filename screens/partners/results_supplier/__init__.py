"""The pages shared by the programs of all results suppliers; each program sets its texts, columns and routes."""
