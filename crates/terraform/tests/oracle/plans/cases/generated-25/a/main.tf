variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = upper(var.options.first)
}

resource "terraform_data" "r2" {
  input = !(true)
}

locals {
  l3 = { a = jsonencode(slice(concat(["s", local.l1], var.items), 0, 2)), b = var.password }
}

resource "terraform_data" "r4" {
  count = 2
  input = (sum([(var.size + count.index), 1]) + var.size)
  triggers_replace = [format("%s/%03d", "alpha", count.index), 1]
}

locals {
  l5 = local.l1
}

output "o6" {
  value = try({ for k, v in merge(var.options.tags, { b = "" }) : "${k}-x" => v if k != "b" }["zz"], local.l1)
}

output "o7" {
  value = length(terraform_data.r4) * 2
}

output "o8" {
  value = can({ for k, v in { a = var.name } : "${k}-x" => v if k != "b" }.a)
}

output "o9" {
  value = [for x in terraform_data.r4[*].id : "${x}-${jsonencode(var.items)}"]
}

output "o10" {
  value = { for i, x in (terraform_data.r2.output ? tolist([]) : tolist([])) : "k${i}" => x }
}

