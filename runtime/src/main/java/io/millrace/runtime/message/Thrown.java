package io.millrace.runtime.message;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What user code threw, with its causes and what it suppressed. Immutable.
 *
 * <p>Each throwable is there twice: in words, which need no class and run nothing, and by Java
 * serialization. The second is bytes to everybody but {@link #restore}, which a program's side
 * calls with the program's class loader; the coordinator and the workers never do.
 *
 * @param links the first is what was thrown; each refers to others by their index
 */
public record Thrown(List<Link> links) {
    /** The index of a throwable that is not among the links: there were too many. */
    static final int LEFT_OUT = -1;

    /** The index of a cause that there is none of. */
    static final int NONE = -2;

    public Thrown {
        links = List.copyOf(links);
    }

    /**
     * One throwable.
     *
     * @param message as it said itself, perhaps cut; null if it has none
     * @param cause index, {@link #LEFT_OUT} or {@link #NONE}
     * @param suppressed indices, or {@link #LEFT_OUT}
     * @param form by Java serialization, others in it by their index; null if it has none
     */
    record Link(
            String className,
            String message,
            List<Frame> frames,
            int cause,
            List<Integer> suppressed,
            byte[] form) {
        Link {
            frames = List.copyOf(frames);
            suppressed = List.copyOf(suppressed);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Link link
                    && className.equals(link.className)
                    && Objects.equals(message, link.message)
                    && frames.equals(link.frames)
                    && cause == link.cause
                    && suppressed.equals(link.suppressed)
                    && Arrays.equals(form, link.form);
        }

        @Override
        public int hashCode() {
            return Objects.hash(className, message, cause, Arrays.hashCode(form));
        }
    }

    /**
     * A line of a stack trace.
     *
     * @param module null if none has a name
     * @param file null if not known
     */
    record Frame(String module, String type, String method, String file, int line) {
        static Frame of(StackTraceElement element) {
            return new Frame(
                    element.getModuleName(),
                    element.getClassName(),
                    element.getMethodName(),
                    element.getFileName(),
                    element.getLineNumber());
        }

        StackTraceElement element() {
            return new StackTraceElement(null, module, null, type, method, file, line);
        }
    }

    /**
     * Keeps a throwable, bounded in size whatever it is. Runs the user's code of it; what that code
     * throws is not thrown on.
     *
     * @return null if it lets nothing of it be known
     */
    public static Thrown of(Throwable thrown) {
        try {
            return new ThrownWriter().write(thrown);
        } catch (Throwable e) { // user code: the text of the report has to do
            return null;
        }
    }

    /**
     * The throwable again, with its class, its message, its causes and what it suppressed. In the
     * place of one whose class is missing, or that cannot be read, there is a {@link
     * io.millrace.api.error.SerializedThrowable}. Runs the user's code of it.
     *
     * @param user sees the program's classes
     */
    public Throwable restore(ClassLoader user) {
        return new ThrownReader(links, user).read();
    }
}
