package io.millrace.runtime.operator;

import io.millrace.api.function.ThrowingRunnable;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.time.ProcessingTimers;
import java.util.function.LongSupplier;

/** The mailbox of a task as one of its operators sees it. Any thread may send mail. */
final class OperatorMailbox implements MailboxExecutor {
    private final OperatorMail mail;
    private final int operator;
    private final String operatorName;
    private final ProcessingTimers timers;
    private final LongSupplier clockMs;
    private final TurnGuard guard;

    /**
     * @param operator its place in the chain
     * @param timers of the operator
     */
    OperatorMailbox(
            OperatorMail mail,
            int operator,
            String operatorName,
            ProcessingTimers timers,
            LongSupplier clockMs,
            TurnGuard guard) {
        this.mail = mail;
        this.operator = operator;
        this.operatorName = operatorName;
        this.timers = timers;
        this.clockMs = clockMs;
        this.guard = guard;
    }

    @Override
    public void execute(
            MailOptions mailOptions,
            ThrowingRunnable<? extends Exception> command,
            String descriptionFormat,
            Object... descriptionArgs) {
        mail.send(operator, operatorName, mailOptions, command, descriptionFormat, descriptionArgs);
    }

    @Override
    public void yield() throws InterruptedException {
        while (!tryYield()) {
            mail.waitFor(this::mayYield);
            if (Thread.interrupted()) {
                throw new InterruptedException("while '" + operatorName + "' waited for mail");
            }
        }
    }

    private boolean mayYield() {
        return mail.hasOneOf(operator)
                || timers.isDue(passedMs())
                || Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean tryYield() {
        if (!guard.holds()) {
            throw new IllegalStateException(
                    "Only the task's own thread may yield for '"
                            + operatorName
                            + "', not '"
                            + Thread.currentThread().getName()
                            + "'. Other threads send mail with execute(…).");
        }
        return mail.runOneOf(operator) || timers.runOwnDue(passedMs()) > 0;
    }

    private long passedMs() {
        return clockMs.getAsLong() - 1;
    }

    @Override
    public boolean shouldInterrupt() {
        return !mail.isEmpty();
    }
}
