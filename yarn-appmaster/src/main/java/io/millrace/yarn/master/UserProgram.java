package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The user's {@code main}, run once on a thread of its own. Thread-safe. */
final class UserProgram {
    private final String mainClass;
    private final List<String> args;
    private final ClassLoader loader;
    private final JobExecutor executor;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    /**
     * @param loader the program's own
     * @param executor takes the jobs that it executes
     */
    UserProgram(String mainClass, List<String> args, ClassLoader loader, JobExecutor executor) {
        this.mainClass = mainClass;
        this.args = args;
        this.loader = loader;
        this.executor = executor;
        this.thread = new Thread(this::run, "program");
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
    }

    /** Completes when {@code main} returns; exceptionally with what it threw, not wrapped. */
    CompletableFuture<Void> start() {
        thread.start();
        return ended;
    }

    /** Whether {@code main} has called {@code System.exit} and now waits for the JVM to end. */
    boolean isInSystemExit() {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(
                        frame ->
                                frame.getClassName().equals("java.lang.Runtime")
                                        && (frame.getMethodName().equals("exit")
                                                || frame.getMethodName().equals("halt")));
    }

    private void run() {
        try {
            Method main = mainMethod();
            StreamExecutionEnvironment.runWith(executor);
            main.invoke(null, (Object) args.toArray(String[]::new));
            ended.complete(null);
        } catch (InvocationTargetException e) {
            ended.completeExceptionally(e.getCause());
        } catch (Throwable e) {
            ended.completeExceptionally(e);
        }
    }

    private Method mainMethod() {
        try {
            Method main = Class.forName(mainClass, true, loader).getMethod("main", String[].class);
            if (!Modifier.isStatic(main.getModifiers()) || main.getReturnType() != void.class) {
                throw noMain("its main is not 'public static void'", null);
            }
            // A public main of a class that is not public is legal.
            main.setAccessible(true);
            return main;
        } catch (ClassNotFoundException e) {
            throw noMain("the program's jar does not hold it", e);
        } catch (NoSuchMethodException e) {
            throw noMain("it has no 'public static void main(String[])'", e);
        } catch (LinkageError e) {
            // The loader's own words say what to add.
            Throwable said = e.getCause() instanceof ClassNotFoundException missing ? missing : e;
            throw noMain("it cannot be loaded: " + said, e);
        }
    }

    private MillraceException noMain(String why, Throwable cause) {
        return new MillraceException(
                ErrorCode.NO_MAIN_CLASS,
                "class "
                        + mainClass
                        + " cannot be run: "
                        + why
                        + ". Name the class with 'main' by -c.",
                cause);
    }
}
