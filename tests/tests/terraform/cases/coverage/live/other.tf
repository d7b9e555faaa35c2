resource "aws_db_instance" "other" {
  storage_encrypted = true
}
