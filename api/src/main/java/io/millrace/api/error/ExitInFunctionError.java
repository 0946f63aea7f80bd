package io.millrace.api.error;

import java.util.Arrays;

/**
 * Thrown where a function calls {@code System.exit}, {@code Runtime.exit} or {@code Runtime.halt}:
 * the process is a worker's, with the tasks of other operators in it. An {@code Error}, so that a
 * {@code catch (Exception e)} around the call does not hide it.
 *
 * <p>Those calls in the classes of a program's jars are led here when the classes are loaded. A
 * program's own {@code main}, and what it calls, may end the process as anywhere.
 */
public final class ExitInFunctionError extends Error {
    private static final long serialVersionUID = 1L;

    private static final String MAIN_DESCRIPTOR = "([Ljava/lang/String;)V";

    private ExitInFunctionError(String call) {
        super(
                "the function called "
                        + call
                        + ", which would end a worker process with all tasks in it; it was not"
                        + " done. Throw an exception to fail the job, or return to go on");
        // The first frame is the function's: where the call stands in the program.
        StackTraceElement[] frames = getStackTrace();
        setStackTrace(Arrays.copyOfRange(frames, Math.min(1, frames.length), frames.length));
    }

    /** In the place of {@code System.exit(status)}. */
    public static void exit(int status) {
        if (!onTheThreadOfMain()) {
            throw new ExitInFunctionError("System.exit(" + status + ")");
        }
        System.exit(status);
    }

    /** In the place of {@code runtime.exit(status)}. */
    public static void exit(Runtime runtime, int status) {
        if (!onTheThreadOfMain()) {
            throw new ExitInFunctionError("Runtime.exit(" + status + ")");
        }
        runtime.exit(status);
    }

    /** In the place of {@code runtime.halt(status)}. */
    public static void halt(Runtime runtime, int status) {
        if (!onTheThreadOfMain()) {
            throw new ExitInFunctionError("Runtime.halt(" + status + ")");
        }
        runtime.halt(status);
    }

    /**
     * Functions run on threads of the engine's or on ones of their own; below neither is a main.
     */
    private static boolean onTheThreadOfMain() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.anyMatch(
                                        frame ->
                                                frame.getMethodName().equals("main")
                                                        && frame.getDescriptor()
                                                                .equals(MAIN_DESCRIPTOR)));
    }
}
