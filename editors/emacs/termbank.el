;;; termbank.el --- termbank in Emacs, through eglot  -*- lexical-binding: t -*-

;; Put this file on the load-path and write (require 'termbank) into your init file.
;; Emacs 28 needs eglot from ELPA (Debian: elpa-eglot); Emacs 29 brings it along.

(require 'eglot)

(defvar termbank-command '("termbank" "lsp")
  "Command of the language server.")

(defvar termbank-modes '(text-mode markdown-mode rst-mode org-mode)
  "Modes in which terms are checked.")

(defun termbank--complete ()
  "Complete the terms of the glossary that begin right before point.
Japanese has no spaces, and what Emacs takes for the word before point may be
the whole sentence; the server says how many characters a term replaces."
  (when-let ((server (eglot-current-server)))
    (let* ((answer (jsonrpc-request server :textDocument/completion
                                    (eglot--TextDocumentPositionParams)))
           (items (append (if (vectorp answer) answer (plist-get answer :items)) nil))
           (edit (plist-get (car items) :textEdit)))
      (when edit
        (list (eglot--lsp-position-to-point
               (plist-get (plist-get edit :range) :start))
              (point)
              (mapcar (lambda (item) (plist-get item :label)) items)
              :exclusive 'no)))))

(defun termbank--managed ()
  "Put the completion of terms before eglot's own, for this server alone."
  (when (and (eglot-managed-p) (apply #'derived-mode-p termbank-modes))
    (add-hook 'completion-at-point-functions #'termbank--complete -10 t)))

(add-to-list 'eglot-server-programs (cons termbank-modes termbank-command))
(add-hook 'eglot-managed-mode-hook #'termbank--managed)

(provide 'termbank)
;;; termbank.el ends here
