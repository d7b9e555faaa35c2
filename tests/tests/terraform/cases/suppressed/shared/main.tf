resource "aws_db_instance" "called" {
  storage_encrypted = false # finding database-not-encrypted
}
