;;; scantling.el --- Finds what is misconfigured in infrastructure code -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Lets eglot speak to `scantling lsp': see the README beside this file.

;;; Code:

(require 'eglot)

(defgroup scantling nil
  "Finds what is misconfigured in infrastructure code."
  :group 'tools)

(defcustom scantling-program "scantling"
  "The program, by its name or its path."
  :type 'string)

(defcustom scantling-modes
  '(terraform-mode terraform-ts-mode opentofu-mode hcl-mode helm-mode helm-ts-mode
    yaml-mode yaml-ts-mode json-mode js-json-mode json-ts-mode)
  "The modes of files that may be infrastructure code."
  :type '(repeat symbol))

(defconst scantling--markers
  '("Chart.yaml" "kustomization.yaml" "kustomization.yml" "scantling.yaml")
  "Files with one of these in a folder above them are infrastructure code.")

(defun scantling--contact (&rest _)
  "How eglot starts the server."
  (list scantling-program "lsp"))

(add-to-list 'eglot-server-programs (cons scantling-modes #'scantling--contact))

(defun scantling--says (name)
  "Whether the beginning of the buffer has the key NAME of a manifest."
  (save-excursion
    (goto-char (point-min))
    (let ((end (line-end-position 200)))
      (re-search-forward (format "\\(?:^\\|[{,]\\)[ \t-]*\"?%s\"?[ \t]*:" name) end t))))

(defun scantling-ours-p ()
  "Whether the buffer holds something that Scantling judges.
Most YAML is none of its business."
  (or (not (string-match-p "yaml\\|js" (symbol-name major-mode)))
      (seq-some (lambda (marker) (locate-dominating-file default-directory marker))
                scantling--markers)
      (and (scantling--says "apiVersion") (scantling--says "kind"))))

;;;###autoload
(defun scantling-ensure ()
  "Start the server where the buffer is its business."
  (when (and buffer-file-name (scantling-ours-p))
    (eglot-ensure)))

(defun scantling-fix-all ()
  "Apply all safe fixes of this file."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.scantling" t))

(provide 'scantling)
;;; scantling.el ends here
