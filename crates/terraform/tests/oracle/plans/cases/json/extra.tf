output "mixed" {
  value = "${local.text}-${terraform_data.counted[1].input}"
}
