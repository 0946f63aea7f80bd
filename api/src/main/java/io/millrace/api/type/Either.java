package io.millrace.api.type;

import java.io.Serializable;
import java.util.Objects;

/**
 * A value of one of two types. Values of one of its two classes can be changed, so it is copied at
 * hand-over; not thread-safe.
 *
 * @param <L> the type on the left
 * @param <R> the type on the right
 */
public abstract class Either<L, R> {
    public Either() {}

    /**
     * @param value not null
     */
    @SuppressWarnings("MethodName") // the name that programs call
    public static <L, R> Either<L, R> Left(L value) {
        return new Left<>(value);
    }

    /**
     * @param value not null
     */
    @SuppressWarnings("MethodName") // the name that programs call
    public static <L, R> Either<L, R> Right(R value) {
        return new Right<>(value);
    }

    /**
     * @throws IllegalStateException if this is a right value
     */
    public abstract L left() throws IllegalStateException;

    /**
     * @throws IllegalStateException if this is a left value
     */
    public abstract R right() throws IllegalStateException;

    public final boolean isLeft() {
        return getClass() == Left.class;
    }

    public final boolean isRight() {
        return getClass() == Right.class;
    }

    /** A value on the left. */
    public static class Left<L, R> extends Either<L, R> implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // as serializable as what the program puts in
        private L value;

        /** For serializers, which set the value next. */
        private Left() {}

        public Left(L value) {
            this.value = Objects.requireNonNull(value);
        }

        public static <L, R> Left<L, R> of(L left) {
            return new Left<>(left);
        }

        @Override
        public L left() {
            return value;
        }

        @Override
        public R right() {
            throw new IllegalStateException("Cannot retrieve Right value on a Left");
        }

        public void setValue(L value) {
            this.value = value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Left<?, ?> that && Objects.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(value);
        }

        @Override
        public String toString() {
            return "Left(" + value + ")";
        }
    }

    /** A value on the right. */
    public static class Right<L, R> extends Either<L, R> implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // as serializable as what the program puts in
        private R value;

        /** For serializers, which set the value next. */
        private Right() {}

        public Right(R value) {
            this.value = Objects.requireNonNull(value);
        }

        public static <L, R> Right<L, R> of(R right) {
            return new Right<>(right);
        }

        @Override
        public L left() {
            throw new IllegalStateException("Cannot retrieve Left value on a Right");
        }

        @Override
        public R right() {
            return value;
        }

        public void setValue(R value) {
            this.value = value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Right<?, ?> that && Objects.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(value);
        }

        @Override
        public String toString() {
            return "Right(" + value + ")";
        }
    }
}
