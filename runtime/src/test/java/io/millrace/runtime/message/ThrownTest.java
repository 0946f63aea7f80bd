package io.millrace.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.error.MillraceException;
import io.millrace.api.error.SerializedThrowable;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;

class ThrownTest {
    private static final ClassLoader HERE = ThrownTest.class.getClassLoader();

    /** As a program's own. */
    private static final class OrderRefused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int order;

        OrderRefused(int order, Throwable cause) {
            super("order " + order + " is refused", cause);
            this.order = order;
        }
    }

    private static Throwable carried(Throwable thrown) {
        return Thrown.of(thrown).restore(HERE);
    }

    private static SerializedThrowable standIn(Throwable restored) {
        assertThat(restored).isInstanceOf(SerializedThrowable.class);
        return (SerializedThrowable) restored;
    }

    @Test
    void comesBackWithItsClassFieldsMessageStackAndCauses() {
        IOException root = new IOException("disk full");
        OrderRefused thrown = new OrderRefused(7, new UncheckedIOException("writing", root));

        Throwable restored = carried(thrown);

        assertThat(restored).isInstanceOf(OrderRefused.class).hasMessage("order 7 is refused");
        assertThat(((OrderRefused) restored).order).isEqualTo(7);
        assertThat(restored.getStackTrace()[0].getMethodName())
                .isEqualTo("comesBackWithItsClassFieldsMessageStackAndCauses");
        assertThat(restored.getCause()).isInstanceOf(UncheckedIOException.class);
        assertThat(restored.getCause().getCause())
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void comesBackWithWhatItSuppressed() {
        OrderRefused thrown = new OrderRefused(7, null);
        thrown.addSuppressed(new IllegalStateException("closing"));

        assertThat(carried(thrown).getSuppressed())
                .singleElement()
                .isInstanceOf(IllegalStateException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("closing");
    }

    @Test
    void aCauseInAFieldOfItsOwnComesBackToo() {
        Throwable restored =
                carried(new InvocationTargetException(new OrderRefused(7, null), "called"));

        assertThat(restored).isInstanceOf(InvocationTargetException.class).hasMessage("called");
        assertThat(restored.getCause()).isInstanceOf(OrderRefused.class);
    }

    @Test
    void survivesTheWire() {
        var failure =
                new FailureReport(
                        ErrorCode.USER_CODE_FAILED,
                        "x",
                        "at",
                        "map",
                        Thrown.of(new OrderRefused(7, new IOException())));
        var message =
                new ToCoordinator.CheckpointDeclined(
                        new JobId("0123456789abcdef0123456789abcdef"),
                        3,
                        new AttemptId(new JobId("0123456789abcdef0123456789abcdef"), 1, 0, 0),
                        failure);

        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    private static final class Connected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused") // it is what cannot be serialized
        private final Object connection = new Object();

        Connected(Throwable cause) {
            super("connection lost", cause);
        }
    }

    @Test
    void oneThatCannotBeSerializedCostsOnlyItself() {
        OrderRefused thrown = new OrderRefused(7, new Connected(new IOException("reset by peer")));

        Throwable restored = carried(thrown);

        assertThat(restored).isInstanceOf(OrderRefused.class);
        SerializedThrowable middle = standIn(restored.getCause());
        assertThat(middle.getOriginalErrorClassName()).isEqualTo(Connected.class.getName());
        assertThat(middle).hasToString(Connected.class.getName() + ": connection lost");
        assertThat(middle.getStackTrace()[0].getMethodName())
                .isEqualTo("oneThatCannotBeSerializedCostsOnlyItself");
        assertThat(middle.getCause()).isInstanceOf(IOException.class);
        assertThat(ExceptionUtils.findThrowableWithMessage(restored, "connection lost"))
                .isPresent();
    }

    @Test
    void oneWhoseClassIsMissingIsToldInWordsWithItsCauses() {
        OrderRefused thrown = new OrderRefused(7, new IOException("disk full"));

        Throwable restored = Thrown.of(thrown).restore(ClassLoader.getPlatformClassLoader());

        assertThat(standIn(restored).getOriginalErrorClassName())
                .isEqualTo(OrderRefused.class.getName());
        assertThat(restored).hasMessageContaining("order 7 is refused");
        assertThat(restored.getCause()).isInstanceOf(IOException.class);
        assertThat(standIn(restored).getFullStringifiedStackTrace())
                .startsWith(OrderRefused.class.getName() + ": order 7 is refused\n\tat ")
                .contains("Caused by: java.io.IOException: disk full");
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("look at me");
        }

        private void readObject(ObjectInputStream in) {
            throw new LinkageError("not like that");
        }
    }

    @Test
    void oneWhoseReadingThrowsIsToldInWords() {
        assertThat(standIn(carried(new Unreadable()))).hasMessageContaining("look at me");
    }

    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritable() {
            super("look at me");
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new NotSerializableException("me");
        }
    }

    @Test
    void oneWhoseWritingThrowsIsToldInWords() {
        assertThat(standIn(carried(new Unwritable()))).hasMessageContaining("look at me");
    }

    private static final class Disguised extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Disguised() {
            super("look at me");
        }

        private Object writeReplace() {
            return "nothing to see here";
        }
    }

    @Test
    void oneThatIsWrittenAsSomethingElseIsToldInWords() {
        assertThat(standIn(carried(new Disguised()))).hasMessageContaining("look at me");
    }

    private static class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }
    }

    @Test
    void oneWhoseMethodsThrowIsSafeToPrintHere() {
        Throwable restored = carried(new Mute());

        assertThat(standIn(restored).getOriginalErrorClassName()).isEqualTo(Mute.class.getName());
        assertThat(ExceptionUtils.stringifyException(restored))
                .contains("its message cannot be had: java.lang.IllegalStateException");
    }

    @Test
    void aHugeMessageIsCutAndTheClassKept() {
        Throwable restored = carried(new IllegalArgumentException("x".repeat(5_000_000)));

        assertThat(restored).isInstanceOf(IllegalArgumentException.class);
        assertThat(restored.getMessage()).hasSizeLessThan(20_000).startsWith("xxx").endsWith("…");
    }

    private static final class Loaded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused") // it is what is too large
        private final byte[] request = new byte[10 << 20];

        Loaded(Throwable cause) {
            super("with its request", cause);
        }
    }

    @Test
    void oneWithTooMuchDataIsToldInWords() {
        Throwable restored = carried(new Loaded(new OrderRefused(7, null)));

        assertThat(standIn(restored)).hasMessageContaining("with its request");
        assertThat(restored.getCause()).isInstanceOf(OrderRefused.class);
    }

    @Test
    void whatTravelsIsBoundedHoweverManyCausesThereAre() {
        Throwable thrown = new IllegalStateException("root");
        String message = "y".repeat(100_000);
        for (int i = 0; i < 10_000; i++) {
            thrown = new IllegalStateException(message, thrown);
        }
        var failure =
                new FailureReport(ErrorCode.USER_CODE_FAILED, "x", "", "map", Thrown.of(thrown));
        JobId job = new JobId("0123456789abcdef0123456789abcdef");
        var declined =
                new ToCoordinator.CheckpointDeclined(job, 3, new AttemptId(job, 1, 0, 0), failure);

        assertThat(MessageCodec.encode(declined)).hasSizeLessThan(400 << 10);
        assertThat(failure.thrown().restore(HERE)).isInstanceOf(IllegalStateException.class);
        assertThat(
                        ExceptionUtils.findThrowableWithMessage(
                                failure.thrown().restore(HERE), "left out"))
                .isPresent();
    }

    @Test
    void causesInARingEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        Throwable restored = carried(first);

        assertThat(restored).isExactlyInstanceOf(Exception.class).hasMessage("first");
        assertThat(restored.getCause()).isExactlyInstanceOf(Exception.class).hasMessage("second");
        assertThat(standIn(restored.getCause().getCause())).hasMessageContaining("first");
    }

    /** A class of Java's that is known for what it does while it is read. */
    @Test
    void throwablesThatRunOthersWhileTheyAreReadAreNotRead() {
        Throwable restored = carried(new BadAttributeValueExpException("value"));

        assertThat(standIn(restored).getOriginalErrorClassName())
                .isEqualTo(BadAttributeValueExpException.class.getName());
    }

    @Test
    void theEnginesFramesAreLeftOutBelowTheUsers() {
        Exception thrown = new Exception("deep");
        thrown.setStackTrace(
                new StackTraceElement[] {
                    new StackTraceElement("com.shop.Price", "of", "Price.java", 7),
                    new StackTraceElement("io.millrace.runtime.task.Task", "turn", "Task.java", 1),
                    new StackTraceElement("java.lang.Thread", "run", "Thread.java", 2)
                });

        assertThat(carried(thrown).getStackTrace())
                .extracting(StackTraceElement::getClassName)
                .containsExactly("com.shop.Price");
    }

    @Test
    void anErrorOfOursKeepsItsCode() {
        Throwable restored =
                carried(new MillraceException(ErrorCode.PATH_NOT_FOUND, "/in does not exist."));

        assertThat(MillraceException.codeOf(restored, ErrorCode.INTERNAL))
                .isEqualTo(ErrorCode.PATH_NOT_FOUND);
        assertThat(List.of(restored.getSuppressed())).isEmpty();
    }
}
