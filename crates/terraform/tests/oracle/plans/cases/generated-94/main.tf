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
  l1 = length(var.items) > 0
  l2 = var.items
  l3 = startswith("Grüße", "p")
  l4 = { for k, v in var.labels : k => upper(v) }
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = tomap({ a = var.name, c = join("-", [{ v = var.name }, { v = var.name }][*].v) })
}

resource "terraform_data" "r6" {
  input = length(terraform_data.r5)
  triggers_replace = [var.name, 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  count = var.enabled ? 1 : 0
  input = tostring(count.index)
}

locals {
  l8 = contains(local.l2, try(terraform_data.r7[0].output, "none"))
  l9 = local.l3
  l10 = terraform_data.r6.id
  l11 = (!(!(local.l8)) ? max(7, max(2, terraform_data.r6.input)) : length(zipmap(["a", "d"], [var.name, var.name])))
}

module "m12" {
  source = "./a"
  name = try(terraform_data.r7[0].output, "none")
  size = length(terraform_data.r5)
  enabled = length(terraform_data.r5) > length(terraform_data.r7)
  items = tolist(["l"])
  labels = { for i, x in reverse([for x in var.items : x if x != "beta"]) : "k${i}" => x }
  password = tostring(2)
}

resource "terraform_data" "r13" {
  count = var.enabled ? 1 : 0
  input = tolist(toset([replace(coalesce(var.options.first, "none"), "a", "o"), "set"]))
}

locals {
  l14 = (sum([length(terraform_data.r5), 1]) + (length(terraform_data.r5) + length(terraform_data.r7)))
}

output "o15" {
  value = element(concat(["z"], local.l2), 1)
}

output "o16" {
  value = length(substr("${terraform_data.r6.id}-long", 0, 3))
}

output "o17" {
  value = format("%s/%03d", try(terraform_data.r7[0].output, "none"), var.size) != null
}

output "o18" {
  value = (can(local.l4.a) ? tolist(tolist(toset(["Grüße", "set"]))) : tolist([]))
}

output "o19" {
  value = { a = coalesce(terraform_data.r6.id, "none"), b = "beta" }
}

