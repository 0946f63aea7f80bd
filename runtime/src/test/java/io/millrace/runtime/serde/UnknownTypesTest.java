package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.TypeInformation;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UnknownTypesTest {
    private static final ClassLoader LOADER = UnknownTypesTest.class.getClassLoader();

    private final class Inner {
        int value = 1;
    }

    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void write(Object value) {
        Serializers.of(null, LOADER).write(value, new BinaryWriter(16));
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_TYPE_UNKNOWN))
                .hasMessageContainingAll(parts);
    }

    @Test
    void namesTheFieldWhoseClassHasNoSerialForm() {
        refused(
                () -> Serializers.of(TypeInformation.of(Samples.Outer.class), LOADER),
                "Samples$Outer",
                "'inner.lock'",
                "java.util.concurrent.locks.ReentrantLock",
                "mark the field transient");
    }

    @Test
    void namesTheFieldAlsoWhenItIsFoundAtRunTime() {
        refused(() -> write(new Samples.WithLock()), "Samples$WithLock", "'lock'");
    }

    @Test
    void innerClassesLambdasAndExceptionsSayWhatTheyAre() {
        IntSupplier lambda = () -> hashCode();
        refused(() -> write(new Inner()), "Inner", "make it static");
        refused(() -> write(lambda), "is a lambda");
        refused(() -> write(new Failure()), "extends java.lang.RuntimeException");
        refused(() -> write(new Thread()), "java.lang.Thread");
    }

    @Test
    void aComparatorDoesNotTravel() {
        TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder());
        set.add("a");
        refused(() -> write(List.of(set)), "sorted by a comparator", "natural order");
    }

    @Test
    void aCycleIsRefusedAndDoesNotOverflowTheStack() {
        Samples.Link link = new Samples.Link();
        link.next = link;
        refused(() -> write(link), "nests deeper than 500");

        Object[] array = new Object[1];
        array[0] = array;
        refused(() -> write(array), "nests deeper than 500");
    }

    @Test
    void ourOwnFamiliesMustBeKnownToTheLastPart() {
        record Open(Object part) {}
        assertThatThrownBy(() -> Serializers.ofSealed(Open.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Open.part");
    }
}
