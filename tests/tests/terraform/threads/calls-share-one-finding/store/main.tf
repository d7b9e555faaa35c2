resource "aws_rds_cluster" "store" {
  storage_encrypted = false # finding database-not-encrypted: false
}
