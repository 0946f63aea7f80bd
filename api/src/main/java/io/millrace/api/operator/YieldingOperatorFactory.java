package io.millrace.api.operator;

/**
 * A factory whose operators run mail, or wait for it.
 *
 * @deprecated {@link StreamOperatorParameters#getMailboxExecutor} gives it to every factory
 */
@Deprecated
public interface YieldingOperatorFactory<OUT> extends StreamOperatorFactory<OUT> {
    /** Called in the task, before the operator is made. */
    void setMailboxExecutor(MailboxExecutor mailboxExecutor);
}
