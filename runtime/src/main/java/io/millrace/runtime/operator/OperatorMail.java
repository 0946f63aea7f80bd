package io.millrace.runtime.operator;

import io.millrace.api.function.ThrowingRunnable;
import io.millrace.api.operator.MailboxExecutor.MailOptions;
import io.millrace.runtime.chain.UserCodeException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What operators of one task have sent to the task's thread. Any thread may send; only the task
 * takes.
 */
/* Each mail is an entry here and one in the task's mailbox, which says no more than: run the next one,
 * if there is one. So a mail that an operator has run while it yielded leaves an entry that does nothing.
 */
public final class OperatorMail {
    private final Consumer<Runnable> mailbox;
    private final Consumer<BooleanSupplier> waiter;
    // Guarded by itself: senders on any thread, the task takes.
    private final ArrayDeque<Mail> waiting = new ArrayDeque<>();
    private boolean closed;

    /** One action. */
    private record Mail(
            int operator,
            String operatorName,
            boolean deferrable,
            ThrowingRunnable<? extends Exception> command,
            String description,
            Object[] arguments) {
        void run() {
            try {
                command.run();
            } catch (Throwable e) {
                if (!description.isEmpty()) {
                    e.addSuppressed(new MailFailure(describe()));
                }
                throw UserCodeException.of(operatorName, e);
            }
        }

        private String describe() {
            try {
                return arguments.length == 0 ? description : description.formatted(arguments);
            } catch (RuntimeException e) {
                return description;
            }
        }
    }

    /** Says which action has failed, beside what it threw. */
    private static final class MailFailure extends Exception {
        private static final long serialVersionUID = 1L;

        MailFailure(String description) {
            super("in the mail: " + description, null, false, false);
        }
    }

    /**
     * @param mailbox takes what is to run on the task's thread between two chunks; any thread
     * @param waiter waits on the task's thread, in the middle of a turn, until something holds
     */
    public OperatorMail(Consumer<Runnable> mailbox, Consumer<BooleanSupplier> waiter) {
        this.mailbox = mailbox;
        this.waiter = waiter;
    }

    /**
     * Any thread.
     *
     * @param operator its place in the chain
     * @throws RejectedExecutionException after the end of the task
     */
    void send(
            int operator,
            String operatorName,
            MailOptions options,
            ThrowingRunnable<? extends Exception> command,
            String description,
            Object[] arguments) {
        Mail mail =
                new Mail(
                        operator,
                        operatorName,
                        options.isDeferrable(),
                        command,
                        description,
                        arguments);
        synchronized (waiting) {
            if (closed) {
                throw new RejectedExecutionException(
                        "The task of '" + operatorName + "' has ended, and takes no more mail.");
            }
            if (options.isUrgent()) {
                waiting.addFirst(mail);
            } else {
                waiting.addLast(mail);
            }
        }
        mailbox.accept(this::runNext);
    }

    private void runNext() {
        Mail next;
        synchronized (waiting) {
            next = waiting.pollFirst();
        }
        if (next != null) {
            next.run();
        }
    }

    /** Runs one mail of an operator or one behind it; returns false if there is none. */
    boolean runOneOf(int operator) {
        Mail next = null;
        synchronized (waiting) {
            for (Iterator<Mail> all = waiting.iterator(); next == null && all.hasNext(); ) {
                Mail mail = all.next();
                if (mayYieldTo(mail, operator)) {
                    all.remove();
                    next = mail;
                }
            }
        }
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private static boolean mayYieldTo(Mail mail, int operator) {
        return mail.operator >= operator && !mail.deferrable;
    }

    /** Whether there is a mail of an operator or one behind it. */
    boolean hasOneOf(int operator) {
        synchronized (waiting) {
            return waiting.stream().anyMatch(mail -> mayYieldTo(mail, operator));
        }
    }

    boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /** Waits on the task's thread, in the middle of a turn. */
    void waitFor(BooleanSupplier condition) {
        waiter.accept(condition);
    }

    /** The end of the task: drops what is left and takes no more. */
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
        }
    }
}
