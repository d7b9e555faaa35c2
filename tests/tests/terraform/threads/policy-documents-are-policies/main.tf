# https://github.com/bridgecrewio/checkov/issues/4540
# https://github.com/bridgecrewio/checkov/issues/5751
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Admin"
    actions   = ["*"] # finding policy-allows-everything: "*"
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "narrowed" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [jsonencode({
    Statement = [{ Sid = "Admin", Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })]
}

resource "aws_iam_policy" "admin" {
  policy = data.aws_iam_policy_document.base.json
}

resource "aws_iam_policy" "narrow" { # pass policy-allows-everything
  policy = data.aws_iam_policy_document.narrowed.json
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

data "aws_iam_policy_document" "anybody" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.files.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # finding bucket-policy-allows-anyone: "*"
    }
  }
}

resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.id
  policy = data.aws_iam_policy_document.anybody.json
}
