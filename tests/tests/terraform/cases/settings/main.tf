variable "encrypted" {}

variable "networks" {
  type    = list(string)
  default = []
}

variable "password" {
  sensitive = true
}

resource "aws_db_instance" "shop" {
  storage_encrypted = var.encrypted # via database-not-encrypted
  password          = var.password
}

resource "aws_db_instance" "staging" {
  storage_encrypted = terraform.workspace == "prod" # finding database-not-encrypted
}

resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.networks # via remote-login-open-to-internet
  }
}
