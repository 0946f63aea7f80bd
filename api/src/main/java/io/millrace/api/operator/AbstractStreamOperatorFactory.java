package io.millrace.api.operator;

/** The part that factories of operators have in common. */
public abstract class AbstractStreamOperatorFactory<OUT> implements StreamOperatorFactory<OUT> {
    private static final long serialVersionUID = 1L;

    protected ChainingStrategy chainingStrategy = ChainingStrategy.DEFAULT_CHAINING_STRATEGY;

    /** Set before {@link #createStreamOperator} is called. */
    protected transient ProcessingTimeService processingTimeService;

    private transient MailboxExecutor mailboxExecutor;

    @Override
    public void setChainingStrategy(ChainingStrategy strategy) {
        this.chainingStrategy = strategy;
    }

    @Override
    public ChainingStrategy getChainingStrategy() {
        return chainingStrategy;
    }

    /** Called in the task, before the operator is made. */
    public void setProcessingTimeService(ProcessingTimeService processingTimeService) {
        this.processingTimeService = processingTimeService;
    }

    /** Called in the task, before the operator is made. */
    public void setMailboxExecutor(MailboxExecutor mailboxExecutor) {
        this.mailboxExecutor = mailboxExecutor;
    }

    /** Null outside a task. */
    protected MailboxExecutor getMailboxExecutor() {
        return mailboxExecutor;
    }
}
