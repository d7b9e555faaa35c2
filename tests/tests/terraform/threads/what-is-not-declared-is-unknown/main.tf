# Part of a configuration, such as a module that is being written: the rest of a value counts.
resource "aws_iam_policy" "all" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.missing.arn },
      { Effect = "Allow", Action = "*", Resource = "*" }, # finding policy-allows-everything: "*"
    ]
  })
}

resource "aws_db_instance" "store" { # unknown database-not-encrypted
  storage_encrypted = var.missing
}
