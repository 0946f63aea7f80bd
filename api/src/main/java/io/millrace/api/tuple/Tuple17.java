package io.millrace.api.tuple;

import java.util.Objects;

/** A tuple of 17 fields. Mutable; not thread-safe. */
public class Tuple17<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
        extends Tuple {
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
    public T9 f9;
    public T10 f10;
    public T11 f11;
    public T12 f12;
    public T13 f13;
    public T14 f14;
    public T15 f15;
    public T16 f16;

    /** All fields null. */
    public Tuple17() {}

    public Tuple17(
            T0 f0,
            T1 f1,
            T2 f2,
            T3 f3,
            T4 f4,
            T5 f5,
            T6 f6,
            T7 f7,
            T8 f8,
            T9 f9,
            T10 f10,
            T11 f11,
            T12 f12,
            T13 f13,
            T14 f14,
            T15 f15,
            T16 f16) {
        this.f0 = f0;
        this.f1 = f1;
        this.f2 = f2;
        this.f3 = f3;
        this.f4 = f4;
        this.f5 = f5;
        this.f6 = f6;
        this.f7 = f7;
        this.f8 = f8;
        this.f9 = f9;
        this.f10 = f10;
        this.f11 = f11;
        this.f12 = f12;
        this.f13 = f13;
        this.f14 = f14;
        this.f15 = f15;
        this.f16 = f16;
    }

    public static <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
            Tuple17<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> of(
                    T0 f0,
                    T1 f1,
                    T2 f2,
                    T3 f3,
                    T4 f4,
                    T5 f5,
                    T6 f6,
                    T7 f7,
                    T8 f8,
                    T9 f9,
                    T10 f10,
                    T11 f11,
                    T12 f12,
                    T13 f13,
                    T14 f14,
                    T15 f15,
                    T16 f16) {
        return new Tuple17<>(
                f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16);
    }

    /** Overwrites all fields. */
    public void setFields(
            T0 f0,
            T1 f1,
            T2 f2,
            T3 f3,
            T4 f4,
            T5 f5,
            T6 f6,
            T7 f7,
            T8 f8,
            T9 f9,
            T10 f10,
            T11 f11,
            T12 f12,
            T13 f13,
            T14 f14,
            T15 f15,
            T16 f16) {
        this.f0 = f0;
        this.f1 = f1;
        this.f2 = f2;
        this.f3 = f3;
        this.f4 = f4;
        this.f5 = f5;
        this.f6 = f6;
        this.f7 = f7;
        this.f8 = f8;
        this.f9 = f9;
        this.f10 = f10;
        this.f11 = f11;
        this.f12 = f12;
        this.f13 = f13;
        this.f14 = f14;
        this.f15 = f15;
        this.f16 = f16;
    }

    @Override
    public int getArity() {
        return 17;
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
            case 9 -> (T) f9;
            case 10 -> (T) f10;
            case 11 -> (T) f11;
            case 12 -> (T) f12;
            case 13 -> (T) f13;
            case 14 -> (T) f14;
            case 15 -> (T) f15;
            case 16 -> (T) f16;
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
            case 9 -> f9 = (T9) value;
            case 10 -> f10 = (T10) value;
            case 11 -> f11 = (T11) value;
            case 12 -> f12 = (T12) value;
            case 13 -> f13 = (T13) value;
            case 14 -> f14 = (T14) value;
            case 15 -> f15 = (T15) value;
            case 16 -> f16 = (T16) value;
            default -> throw new IndexOutOfBoundsException(String.valueOf(pos));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Tuple17<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
            copy() {
        return new Tuple17<>(
                f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Tuple17<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> that
                        && Objects.equals(f0, that.f0)
                        && Objects.equals(f1, that.f1)
                        && Objects.equals(f2, that.f2)
                        && Objects.equals(f3, that.f3)
                        && Objects.equals(f4, that.f4)
                        && Objects.equals(f5, that.f5)
                        && Objects.equals(f6, that.f6)
                        && Objects.equals(f7, that.f7)
                        && Objects.equals(f8, that.f8)
                        && Objects.equals(f9, that.f9)
                        && Objects.equals(f10, that.f10)
                        && Objects.equals(f11, that.f11)
                        && Objects.equals(f12, that.f12)
                        && Objects.equals(f13, that.f13)
                        && Objects.equals(f14, that.f14)
                        && Objects.equals(f15, that.f15)
                        && Objects.equals(f16, that.f16));
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
        result = 31 * result + Objects.hashCode(f9);
        result = 31 * result + Objects.hashCode(f10);
        result = 31 * result + Objects.hashCode(f11);
        result = 31 * result + Objects.hashCode(f12);
        result = 31 * result + Objects.hashCode(f13);
        result = 31 * result + Objects.hashCode(f14);
        result = 31 * result + Objects.hashCode(f15);
        result = 31 * result + Objects.hashCode(f16);
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
                + ","
                + FieldText.of(f9)
                + ","
                + FieldText.of(f10)
                + ","
                + FieldText.of(f11)
                + ","
                + FieldText.of(f12)
                + ","
                + FieldText.of(f13)
                + ","
                + FieldText.of(f14)
                + ","
                + FieldText.of(f15)
                + ","
                + FieldText.of(f16)
                + ")";
    }
}
