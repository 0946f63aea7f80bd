package io.millrace.api.operator;

import java.util.function.Supplier;

/** What a factory needs to make an operator. Confined to the task. */
public class StreamOperatorParameters<OUT> {
    private final StreamTask<?, ?> containingTask;
    private final StreamConfig config;
    private final Output<StreamRecord<OUT>> output;
    private final Supplier<ProcessingTimeService> processingTimeService;
    private final MailboxExecutor mailboxExecutor;

    public StreamOperatorParameters(
            StreamTask<?, ?> containingTask,
            StreamConfig config,
            Output<StreamRecord<OUT>> output,
            Supplier<ProcessingTimeService> processingTimeService,
            MailboxExecutor mailboxExecutor) {
        this.containingTask = containingTask;
        this.config = config;
        this.output = output;
        this.processingTimeService = processingTimeService;
        this.mailboxExecutor = mailboxExecutor;
    }

    public StreamTask<?, ?> getContainingTask() {
        return containingTask;
    }

    public StreamConfig getStreamConfig() {
        return config;
    }

    public Output<StreamRecord<OUT>> getOutput() {
        return output;
    }

    public ProcessingTimeService getProcessingTimeService() {
        return processingTimeService.get();
    }

    public MailboxExecutor getMailboxExecutor() {
        return mailboxExecutor;
    }
}
