package io.millrace.runtime.state;

import io.millrace.api.type.FormerNames;
import io.millrace.api.type.TypeInformation;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;

/** Classes of values as they were, and as they have become: one pair for each change. */
public final class EvolvedTypes {
    private static final String WAS = "io.millrace.runtime.state.EvolvedTypes$Before$";

    private EvolvedTypes() {}

    /** The classes as they were. */
    public interface Before {
        record Plain(int number, String text) {}

        record Larger(int number, List<String> gone, String text) {}

        record Narrow(int count, float share, short small) {}

        enum Level {
            LOW,
            HIGH
        }

        record Levelled(Level level) {}

        record Inner(int number) {}

        record Outer(Inner inner, List<Inner> more) {}

        final class Bean {
            public int number;
            public String text;
        }

        sealed interface Shape {}

        record Circle(int radius) implements Shape {}

        record Drawing(Shape shape) {}
    }

    /** The classes as they are. */
    public interface After {
        @FormerNames(WAS + "Plain")
        record Added(int number, String text, long count, String word) {}

        @FormerNames(WAS + "Larger")
        record Removed(int number, String text) {}

        @FormerNames(WAS + "Plain")
        record Reordered(String text, int number) {}

        @FormerNames(WAS + "Narrow")
        record Widened(long count, double share, int small) {}

        @FormerNames(WAS + "Level")
        enum Level {
            NONE,
            HIGH,
            @FormerNames("LOW")
            LITTLE
        }

        @FormerNames(WAS + "Levelled")
        record Levelled(Level level) {}

        @FormerNames(WAS + "Inner")
        record Inner(String word, long number) {}

        @FormerNames(WAS + "Outer")
        record Outer(List<Inner> more, Inner inner) {}

        @FormerNames(WAS + "Plain")
        final class Pojo {
            public String text;
            public int number;
            public String kept = "by the constructor";

            @Override
            public boolean equals(Object other) {
                return other instanceof Pojo that
                        && number == that.number
                        && Objects.equals(text, that.text)
                        && Objects.equals(kept, that.kept);
            }

            @Override
            public int hashCode() {
                return number;
            }
        }

        @FormerNames(WAS + "Bean")
        record OfBean(int number, String text) {}

        @FormerNames({WAS + "Nothing", WAS + "Plain"})
        record Renamed(
                @FormerNames("number") int count, @FormerNames({"letters", "text"}) String word) {}

        @FormerNames(WAS + "Shape")
        sealed interface Form {}

        record Box(int side) implements Form {}

        @FormerNames(WAS + "Circle")
        record Disc(long radius) implements Form {}

        @FormerNames(WAS + "Drawing")
        record Drawing(Form shape) {}

        /** Not what it was. */
        @FormerNames(WAS + "Plain")
        record Other(boolean number, String text) {}
    }

    private static final TypeInformation<?> OTHER = TypeInformation.of(After.Other.class);

    /** Of a type that cannot be read from that of {@link Change#FIELD_ADDED} before. */
    public static TypeInformation<?> other() {
        return OTHER;
    }

    private static String text(long number) {
        return number % 3 == 0 ? null : "text " + number;
    }

    private static Before.Bean bean(long number) {
        Before.Bean bean = new Before.Bean();
        bean.number = (int) number;
        bean.text = text(number);
        return bean;
    }

    private static After.Pojo pojo(long number) {
        After.Pojo pojo = new After.Pojo();
        pojo.number = (int) number;
        pojo.text = text(number);
        return pojo;
    }

    /** What may be done to a class of values. */
    public enum Change {
        FIELD_ADDED(
                Before.Plain.class,
                n -> new Before.Plain((int) n, text(n)),
                After.Added.class,
                n -> new After.Added((int) n, text(n), 0, null)),
        FIELD_REMOVED(
                Before.Larger.class,
                n -> new Before.Larger((int) n, List.of("a", "b"), text(n)),
                After.Removed.class,
                n -> new After.Removed((int) n, text(n))),
        FIELDS_REORDERED(
                Before.Plain.class,
                n -> new Before.Plain((int) n, text(n)),
                After.Reordered.class,
                n -> new After.Reordered(text(n), (int) n)),
        WIDENED(
                Before.Narrow.class,
                n -> new Before.Narrow((int) n, n / 4f, (short) -n),
                After.Widened.class,
                n -> new After.Widened(n, n / 4d, (int) -n)),
        CONSTANTS_ADDED_AND_RENAMED(
                Before.Levelled.class,
                n -> new Before.Levelled(n % 2 == 0 ? Before.Level.LOW : Before.Level.HIGH),
                After.Levelled.class,
                n -> new After.Levelled(n % 2 == 0 ? After.Level.LITTLE : After.Level.HIGH)),
        NESTED(
                Before.Outer.class,
                n ->
                        new Before.Outer(
                                new Before.Inner((int) n), List.of(new Before.Inner((int) n + 1))),
                After.Outer.class,
                n ->
                        new After.Outer(
                                List.of(new After.Inner(null, n + 1)), new After.Inner(null, n))),
        RECORD_TO_POJO(
                Before.Plain.class,
                n -> new Before.Plain((int) n, text(n)),
                After.Pojo.class,
                EvolvedTypes::pojo),
        POJO_TO_RECORD(
                Before.Bean.class,
                EvolvedTypes::bean,
                After.OfBean.class,
                n -> new After.OfBean((int) n, text(n))),
        RENAMED(
                Before.Plain.class,
                n -> new Before.Plain((int) n, text(n)),
                After.Renamed.class,
                n -> new After.Renamed((int) n, text(n))),
        CASE_RENAMED_AND_ADDED(
                Before.Drawing.class,
                n -> new Before.Drawing(new Before.Circle((int) n)),
                After.Drawing.class,
                n -> new After.Drawing(new After.Disc(n)));

        private final Class<?> was;
        private final LongFunction<Object> wrote;
        private final Class<?> is;
        private final LongFunction<Object> reads;

        Change(Class<?> was, LongFunction<Object> wrote, Class<?> is, LongFunction<Object> reads) {
            this.was = was;
            this.wrote = wrote;
            this.is = is;
            this.reads = reads;
        }

        public TypeInformation<?> typeBefore() {
            return TypeInformation.of(was);
        }

        public TypeInformation<?> typeAfter() {
            return TypeInformation.of(is);
        }

        /** The value of a number as it was written. */
        public Object before(long number) {
            return wrote.apply(number);
        }

        /** The value of the same number as it is read. */
        public Object after(long number) {
            return reads.apply(number);
        }
    }
}
