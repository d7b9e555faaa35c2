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
  l1 = (length(var.items) > 0 || length(distinct(tolist(var.items))) > 0)
  l2 = [var.password, "%{ for x in [for k, v in var.options.tags : "${k}=${v}"] }<${x}>%{ endfor }"]
  l3 = keys(var.options.tags)
}

resource "terraform_data" "r4" {
  for_each = toset(slice(concat(["s", var.options.first], sort(tolist(var.items))), 0, 2))
  input = jsonencode({ name = "", size = var.size })
  triggers_replace = [((var.enabled ? { v = element(concat(["z"], local.l2), 1) } : { v = coalesce(each.key, "none") }).v), 1]
}

resource "terraform_data" "r5" {
  count = 0
  input = length(var.items) > 0
}

locals {
  l6 = [{ v = "%{ for x in local.l2 }<${x}>%{ endfor }" }, { v = one([var.options.first]) }][*].v
  l7 = length(local.l3)
  l8 = length(var.items) > 0
  l9 = !(var.enabled)
}

module "m10" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = try({ for i, x in keys(terraform_data.r4) : "k${i}" => x }["zz"], join("-", tolist(["l"])))
  size = (length({}) + sum([var.size, 1]) % 3)
  items = var.items
  labels = var.options.tags
  password = "alpha"
}

resource "terraform_data" "r11" {
  count = 0
  input = length("%{ for x in [for x in values(terraform_data.r4)[*].input : "${x}-${var.name}"] }<${x}>%{ endfor }")
}

locals {
  l12 = values(terraform_data.r4)[*].input
  l13 = length((local.l8 ? var.options.first : var.name)) % 3
  l14 = local.l13
}

output "o15" {
  value = var.options.first
}

output "o16" {
  value = var.size
}

output "o17" {
  value = var.name == "alpha"
}

output "o18" {
  value = concat(slice(concat(["s", ""], values(terraform_data.r4)[*].input), 0, 2), [])
}

output "o19" {
  value = { a = var.password, b = var.name }
  sensitive = true
}

