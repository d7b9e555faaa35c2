resource "aws_db_instance" "shop" {
  storage_encrypted = true
}

resource "aws_db_instance" "half" {
  storage_encrypted = 
}
