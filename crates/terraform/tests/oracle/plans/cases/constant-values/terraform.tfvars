b = [1 + 1, "x${1}", <<-EOT
  y
EOT
]
