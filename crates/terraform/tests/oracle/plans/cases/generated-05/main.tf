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
  l1 = { a = format("%s/%03d", var.password, var.size) }
  l2 = tomap({ a = var.options.first, c = var.password })
}

resource "terraform_data" "r3" {
  input = one([var.password])
  triggers_replace = [element(concat(["z"], tolist(["l"])), 1), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = concat([for k, v in { a = "" } : "${k}=${v}"], var.items)
  l5 = var.enabled
}

module "m6" {
  source = "./a"
  for_each = var.labels
  name = each.key
  size = var.size * 2
  enabled = !(1 > 7)
  items = compact([each.value, ""])
  password = "alpha"
  options = { first = "f-${coalesce(var.options.first, "none")}", other = 1 }
}

resource "terraform_data" "r7" {
  count = 3
  input = can({ a = jsonencode(["x", "y"]) }.a)
}

locals {
  l8 = "%{ for x in compact([lookup(var.options.tags, "a", var.password), ""]) }<${x}>%{ endfor }"
  l9 = terraform_data.r3.input
  l10 = "p-${var.options.first}"
}

output "o11" {
  value = local.l10
}

output "o12" {
  value = (length(terraform_data.r7) + var.size)
}

output "o13" {
  value = (length([for k, v in local.l1 : "${k}=${v}"]) > 0 && contains(formatlist("%s!", terraform_data.r7[*].id), "alpha"))
  sensitive = true
}

output "o14" {
  value = split("-", terraform_data.r3.input)
  sensitive = true
}

output "o15" {
  value = { a = one([terraform_data.r3.output]) }
  sensitive = true
}

