package io.millrace.api.operator;

import io.millrace.api.error.FlinkRuntimeException;
import io.millrace.api.function.RunnableWithException;
import io.millrace.api.function.ThrowingRunnable;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Brings actions to the task's thread, where they run between two records, and lets an operator
 * that must wait run them meanwhile. Any thread may send mail, only the task's own may yield.
 *
 * <p>An action that throws fails the task. Mail that is there when the input has ended still runs;
 * what comes after the end of the task is refused with a {@link
 * java.util.concurrent.RejectedExecutionException}, and after a failure mail is dropped.
 */
public interface MailboxExecutor {
    /** No arguments of a description. */
    Object[] EMPTY_ARGS = new Object[0];

    /** How a mail wants to be treated. Immutable. */
    interface MailOptions {
        /** Whether it waits until no operator is in the middle of a record. */
        boolean isDeferrable();

        /** Whether it goes before mail that is there already. */
        boolean isUrgent();

        /** In the order of sending, also when its operator or one before it yields. */
        static MailOptions options() {
            return StandardMail.DEFAULT;
        }

        /** Never run by an operator that yields. */
        static MailOptions deferrable() {
            return StandardMail.DEFERRABLE;
        }

        /** Before all other mail that waits. */
        static MailOptions urgent() {
            return StandardMail.URGENT;
        }
    }

    default void execute(ThrowingRunnable<? extends Exception> command, String description) {
        execute(command, description, EMPTY_ARGS);
    }

    default void execute(
            MailOptions mailOptions,
            ThrowingRunnable<? extends Exception> command,
            String description) {
        execute(mailOptions, command, description, EMPTY_ARGS);
    }

    /**
     * @param descriptionFormat as of {@link String#format}; made into text when something fails
     */
    default void execute(
            ThrowingRunnable<? extends Exception> command,
            String descriptionFormat,
            Object... descriptionArgs) {
        execute(MailOptions.options(), command, descriptionFormat, descriptionArgs);
    }

    /**
     * @param descriptionFormat as of {@link String#format}; made into text when something fails
     */
    void execute(
            MailOptions mailOptions,
            ThrowingRunnable<? extends Exception> command,
            String descriptionFormat,
            Object... descriptionArgs);

    /** What the action throws comes out of the future, and the task goes on. */
    default Future<Void> submit(
            RunnableWithException command, String descriptionFormat, Object... descriptionArgs) {
        return submit(
                () -> {
                    command.run();
                    return null;
                },
                descriptionFormat,
                descriptionArgs);
    }

    default Future<Void> submit(RunnableWithException command, String description) {
        return submit(command, description, EMPTY_ARGS);
    }

    /** What the action throws comes out of the future, and the task goes on. */
    default <T> Future<T> submit(
            Callable<T> command, String descriptionFormat, Object... descriptionArgs) {
        FutureTask<T> result = new FutureTask<>(command);
        execute(result::run, descriptionFormat, descriptionArgs);
        return result;
    }

    default <T> Future<T> submit(Callable<T> command, String description) {
        return submit(command, description, EMPTY_ARGS);
    }

    /**
     * Waits for a mail or a timer of this operator or one behind it, and runs one. What was emitted
     * before goes out meanwhile. It gives up with an exception when the task is cancelled.
     *
     * @throws IllegalStateException on another thread than the task's
     */
    void yield() throws InterruptedException, FlinkRuntimeException;

    /**
     * Runs a mail or the timers that are due, of this operator or one behind it.
     *
     * @return false if there were none
     * @throws IllegalStateException on another thread than the task's
     */
    boolean tryYield() throws FlinkRuntimeException;

    /** Whether an action that takes long should end soon and go on in another mail. */
    boolean shouldInterrupt();
}
