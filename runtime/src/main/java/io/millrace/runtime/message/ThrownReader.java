package io.millrace.runtime.message;

import io.millrace.api.error.SerializedThrowable;
import io.millrace.runtime.message.Thrown.Frame;
import io.millrace.runtime.message.Thrown.Link;
import io.millrace.runtime.serde.ThrowableSerialization;
import java.util.List;

/** Puts a throwable together from its links. For one throwable; not thread-safe. */
final class ThrownReader {
    private final List<Link> links;
    private final ClassLoader user;
    private final Throwable[] read;
    private final boolean[] begun;

    ThrownReader(List<Link> links, ClassLoader user) {
        this.links = links;
        this.user = user;
        this.read = new Throwable[links.size()];
        this.begun = new boolean[links.size()];
    }

    Throwable read() {
        return at(0);
    }

    /** The depth of these calls is at most the number of links: each is begun once. */
    private Throwable at(int index) {
        if (index < 0 || index >= read.length) {
            return leftOut();
        }
        if (read[index] == null && begun[index]) {
            return inWords(links.get(index), null); // causes that lead back to where they began
        }
        if (read[index] == null) {
            begun[index] = true;
            read[index] = restored(links.get(index));
        }
        return read[index];
    }

    private Throwable restored(Link link) {
        try {
            Throwable thrown =
                    link.form() == null
                            ? null
                            : ThrowableSerialization.read(link.form(), user, this::at);
            if (thrown != null && isUsable(thrown)) {
                return withCause(thrown, link);
            }
        } catch (Throwable e) { // user code: readObject, or getMessage of what was read
            return standIn(link);
        }
        return standIn(link);
    }

    /** Whether whoever prints it survives that. */
    private static boolean isUsable(Throwable thrown) {
        return thrown.getCause() != thrown
                && thrown.toString() != null
                && thrown.getStackTrace() != null;
    }

    /** A class of the user's may keep its cause in a field that is not written. */
    private Throwable withCause(Throwable thrown, Link link) {
        if (thrown.getCause() == null && link.cause() != Thrown.NONE) {
            try {
                thrown.initCause(at(link.cause()));
            } catch (IllegalStateException e) {
                return standIn(link);
            }
        }
        return thrown;
    }

    private Throwable standIn(Link link) {
        Throwable stand = inWords(link, link.cause() == Thrown.NONE ? null : at(link.cause()));
        link.suppressed().forEach(index -> stand.addSuppressed(at(index)));
        return stand;
    }

    private static SerializedThrowable inWords(Link link, Throwable cause) {
        return new SerializedThrowable(
                link.className(),
                link.message(),
                link.frames().stream().map(Frame::element).toArray(StackTraceElement[]::new),
                cause);
    }

    private static SerializedThrowable leftOut() {
        return new SerializedThrowable(
                Throwable.class.getName(),
                "(left out: there were too many)",
                new StackTraceElement[0],
                null);
    }
}
