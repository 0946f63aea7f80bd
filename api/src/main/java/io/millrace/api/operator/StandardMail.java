package io.millrace.api.operator;

/** The kinds of mail that there are. */
enum StandardMail implements MailboxExecutor.MailOptions {
    DEFAULT,
    DEFERRABLE,
    URGENT;

    @Override
    public boolean isDeferrable() {
        return this == DEFERRABLE;
    }

    @Override
    public boolean isUrgent() {
        return this == URGENT;
    }
}
