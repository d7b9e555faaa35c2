resource "aws_db_instance" "this" {
  count             = 2
  storage_encrypted = false # finding database-not-encrypted
}

resource "aws_db_instance" "accepted" {
  # scantling:ignore database-not-encrypted it holds nothing but test data
  storage_encrypted = false
}
