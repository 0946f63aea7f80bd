package io.millrace.api.tuple;

import java.util.Objects;

/** A tuple of 9 fields. Mutable; not thread-safe. */
public class Tuple9<T0, T1, T2, T3, T4, T5, T6, T7, T8> extends Tuple {
    private static final long serialVersionUID = 1L;

    public T0 f0;
    public T1 f1;
    public T2 f2;
    public T3 f3;
    public T4 f4;
    public T5 f5;
    public T6 f6;
    public T7 f7;
    public T8 f8;

    /** All fields null. */
    public Tuple9() {}

    public Tuple9(T0 f0, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6, T7 f7, T8 f8) {
        this.f0 = f0;
        this.f1 = f1;
        this.f2 = f2;
        this.f3 = f3;
        this.f4 = f4;
        this.f5 = f5;
        this.f6 = f6;
        this.f7 = f7;
        this.f8 = f8;
    }

    public static <T0, T1, T2, T3, T4, T5, T6, T7, T8>
            Tuple9<T0, T1, T2, T3, T4, T5, T6, T7, T8> of(
                    T0 f0, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6, T7 f7, T8 f8) {
        return new Tuple9<>(f0, f1, f2, f3, f4, f5, f6, f7, f8);
    }

    /** Overwrites all fields. */
    public void setFields(T0 f0, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5, T6 f6, T7 f7, T8 f8) {
        this.f0 = f0;
        this.f1 = f1;
        this.f2 = f2;
        this.f3 = f3;
        this.f4 = f4;
        this.f5 = f5;
        this.f6 = f6;
        this.f7 = f7;
        this.f8 = f8;
    }

    @Override
    public int getArity() {
        return 9;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getField(int pos) {
        return switch (pos) {
            case 0 -> (T) f0;
            case 1 -> (T) f1;
            case 2 -> (T) f2;
            case 3 -> (T) f3;
            case 4 -> (T) f4;
            case 5 -> (T) f5;
            case 6 -> (T) f6;
            case 7 -> (T) f7;
            case 8 -> (T) f8;
            default -> throw new IndexOutOfBoundsException(String.valueOf(pos));
        };
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void setField(T value, int pos) {
        switch (pos) {
            case 0 -> f0 = (T0) value;
            case 1 -> f1 = (T1) value;
            case 2 -> f2 = (T2) value;
            case 3 -> f3 = (T3) value;
            case 4 -> f4 = (T4) value;
            case 5 -> f5 = (T5) value;
            case 6 -> f6 = (T6) value;
            case 7 -> f7 = (T7) value;
            case 8 -> f8 = (T8) value;
            default -> throw new IndexOutOfBoundsException(String.valueOf(pos));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Tuple9<T0, T1, T2, T3, T4, T5, T6, T7, T8> copy() {
        return new Tuple9<>(f0, f1, f2, f3, f4, f5, f6, f7, f8);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Tuple9<?, ?, ?, ?, ?, ?, ?, ?, ?> that
                        && Objects.equals(f0, that.f0)
                        && Objects.equals(f1, that.f1)
                        && Objects.equals(f2, that.f2)
                        && Objects.equals(f3, that.f3)
                        && Objects.equals(f4, that.f4)
                        && Objects.equals(f5, that.f5)
                        && Objects.equals(f6, that.f6)
                        && Objects.equals(f7, that.f7)
                        && Objects.equals(f8, that.f8));
    }

    @Override
    public int hashCode() {
        int result = Objects.hashCode(f0);
        result = 31 * result + Objects.hashCode(f1);
        result = 31 * result + Objects.hashCode(f2);
        result = 31 * result + Objects.hashCode(f3);
        result = 31 * result + Objects.hashCode(f4);
        result = 31 * result + Objects.hashCode(f5);
        result = 31 * result + Objects.hashCode(f6);
        result = 31 * result + Objects.hashCode(f7);
        result = 31 * result + Objects.hashCode(f8);
        return result;
    }

    @Override
    public String toString() {
        return "("
                + FieldText.of(f0)
                + ","
                + FieldText.of(f1)
                + ","
                + FieldText.of(f2)
                + ","
                + FieldText.of(f3)
                + ","
                + FieldText.of(f4)
                + ","
                + FieldText.of(f5)
                + ","
                + FieldText.of(f6)
                + ","
                + FieldText.of(f7)
                + ","
                + FieldText.of(f8)
                + ")";
    }
}
