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
  l1 = try({ for k, v in { a = var.name } : k => upper(v) }["zz"], substr("${var.name}-long", 0, 3))
  l2 = var.size
}

resource "terraform_data" "r3" {
  count = 0
  input = {}
}

resource "terraform_data" "r4" {
  for_each = toset([var.options.first])
  input = local.l2
  triggers_replace = [format("%s/%03d", trimspace(" ${format("%s/%03d", local.l1, local.l2)} "), sum([length(local.l1), 1])), 1]
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = join("-", tolist(toset(["%{ if var.enabled }yes%{ else }no%{ endif }", "set"])))
}

locals {
  l6 = sort(tolist(keys(var.options.tags)))
  l7 = tostring(((length(terraform_data.r3) + local.l2) + length(var.labels)))
  l8 = length(terraform_data.r5)
  l9 = max(local.l2 % 3, sum([length(terraform_data.r5), 1])) > length(tomap({ a = "1", b = "2" }))
}

module "m10" {
  source = "./a"
  for_each = { for k, v in { a = coalesce(var.options.first, "none") } : "${k}-x" => v if k != "b" }
  name = each.value
  size = local.l8
  enabled = var.enabled
  items = slice(concat(["s", join("-", keys(terraform_data.r4))], keys(terraform_data.r4)), 0, 2)
  password = each.key
}

resource "terraform_data" "r11" {
  for_each = { for i, x in formatlist("%s!", tolist(["l"])) : "k${i}" => x }
  input = (local.l9 ? local.l2 : length(terraform_data.r3))
}

locals {
  l12 = concat(reverse(terraform_data.r5[*].input), local.l6)
}

output "o13" {
  value = element(concat(["z"], var.items), 1)
}

output "o14" {
  value = var.size
}

output "o15" {
  value = (contains(local.l6, var.options.first) && length(terraform_data.r5) > length(terraform_data.r3))
}

output "o16" {
  value = formatlist("%s!", tolist(["l"]))
}

output "o17" {
  value = var.options.tags
}

