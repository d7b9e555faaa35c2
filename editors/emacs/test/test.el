;;; test.el --- Opens a manifest, waits for what is found, and applies fixes -*- lexical-binding: t -*-

;;; Code:

(require 'scantling)
(require 'yaml-mode)

(defconst patience 60 "How long anything may take, in seconds.")

(defun wait (what condition)
  "Wait for WHAT, until CONDITION holds."
  (let ((end (+ (float-time) patience)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun found ()
  "The diagnostic of the check host-network, if it is told."
  (seq-find (lambda (diagnostic)
              (string-match-p "has its node's network" (flymake-diagnostic-text diagnostic)))
            (flymake-diagnostics)))

(defun apply-action (action)
  "Carry out ACTION, as eglot does when it is chosen."
  (let ((server (eglot-current-server)))
    (if (fboundp 'eglot-execute)
        (eglot-execute server action)
      (eglot--apply-workspace-edit (plist-get action :edit)))))

(setq scantling-program (getenv "SCANTLING")
      eglot-sync-connect t
      eglot-connect-timeout patience
      make-backup-files nil)
(add-hook 'yaml-mode-hook #'scantling-ensure)

(find-file "notes.yaml")
(yaml-mode)
(run-hooks 'post-command-hook)
(when (eglot-current-server)
  (error "The server attached to YAML that is none of its business"))

(find-file "pod.yaml")
(yaml-mode)
(run-hooks 'post-command-hook)
(wait "the finding" #'found)

(let* ((diagnostic (found))
       (beg (flymake-diagnostic-beg diagnostic)))
  (unless (= (line-number-at-pos beg) 6)
    (error "The finding stands in line %d" (line-number-at-pos beg)))
  (let ((actions (eglot-code-actions beg (flymake-diagnostic-end diagnostic) "quickfix")))
    (apply-action (seq-find (lambda (action) (eq (plist-get action :isPreferred) t)) actions))))
;; Without a user there is no idle time in which eglot sends changes: it does so before it tells that the file is saved.
(save-buffer)
(wait "the fix" (lambda () (not (found))))
(eglot-shutdown (eglot-current-server))

;;; test.el ends here
