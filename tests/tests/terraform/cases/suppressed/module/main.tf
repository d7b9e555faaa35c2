resource "aws_db_instance" "checkov" {
  #checkov:skip=CKV_AWS_16:it holds nothing
  storage_encrypted = false
}
