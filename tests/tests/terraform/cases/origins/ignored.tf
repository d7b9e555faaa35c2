resource "aws_db_instance" "ignored" {
  storage_encrypted = false # finding database-not-encrypted

  lifecycle {
    ignore_changes = [
      storage_encrypted, # via database-not-encrypted
    ]
  }
}
