package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.tuple.Tuple1;
import io.millrace.api.tuple.Tuple10;
import io.millrace.api.tuple.Tuple11;
import io.millrace.api.tuple.Tuple12;
import io.millrace.api.tuple.Tuple13;
import io.millrace.api.tuple.Tuple14;
import io.millrace.api.tuple.Tuple15;
import io.millrace.api.tuple.Tuple16;
import io.millrace.api.tuple.Tuple17;
import io.millrace.api.tuple.Tuple18;
import io.millrace.api.tuple.Tuple19;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple20;
import io.millrace.api.tuple.Tuple21;
import io.millrace.api.tuple.Tuple22;
import io.millrace.api.tuple.Tuple23;
import io.millrace.api.tuple.Tuple24;
import io.millrace.api.tuple.Tuple25;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.tuple.Tuple4;
import io.millrace.api.tuple.Tuple5;
import io.millrace.api.tuple.Tuple6;
import io.millrace.api.tuple.Tuple7;
import io.millrace.api.tuple.Tuple8;
import io.millrace.api.tuple.Tuple9;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TupleTypeInfo;
import io.millrace.api.type.TypeInformation;
import java.util.Arrays;

/**
 * Some fields of the tuples of a stream, in an order of their own. {@link DataStream#project} is
 * the way in; the methods with a number give the result its exact type. Not thread-safe.
 *
 * @param <IN> the tuples
 */
public class StreamProjection<IN> {
    private final DataStream<IN> dataStream;
    private final int[] fieldIndexes;

    /**
     * @param fieldIndexes from 0, one may come twice
     * @throws IllegalArgumentException if there are none or more than a tuple has
     * @throws MillraceException {@code PROGRAM_INVALID} if the stream is known to have no tuples,
     *     or not so many fields
     */
    protected StreamProjection(DataStream<IN> dataStream, int[] fieldIndexes) {
        if (fieldIndexes.length == 0 || fieldIndexes.length > Tuple.MAX_ARITY) {
            throw new IllegalArgumentException(
                    "A projection has 1 to "
                            + Tuple.MAX_ARITY
                            + " fields, not "
                            + fieldIndexes.length
                            + ".");
        }
        this.dataStream = dataStream;
        this.fieldIndexes = fieldIndexes.clone();
        if (dataStream.getType() != null) {
            extractFieldTypes(this.fieldIndexes, dataStream.getType());
        }
    }

    /** The types of fields of a tuple. */
    public static TypeInformation<?>[] extractFieldTypes(int[] fields, TypeInformation<?> inType) {
        if (!inType.isTupleType() || !(inType instanceof CompositeType<?> tuple)) {
            throw invalid("project() needs a stream of tuples, not of " + inType);
        }
        TypeInformation<?>[] types = new TypeInformation<?>[fields.length];
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] < 0 || fields[i] >= tuple.getArity()) {
                throw invalid(
                        "project("
                                + Arrays.toString(fields)
                                + ") names the field "
                                + fields[i]
                                + ", but "
                                + inType
                                + " has the fields 0 to "
                                + (tuple.getArity() - 1));
            }
            types[i] = tuple.getTypeAt(fields[i]);
        }
        return types;
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.PROGRAM_INVALID, message + ".");
    }

    /** The projection as a tuple of as many fields as were chosen. */
    public <OUT extends Tuple> SingleOutputStreamOperator<OUT> projectTupleX() {
        return project(fieldIndexes.length);
    }

    private <OUT extends Tuple> SingleOutputStreamOperator<OUT> project(int arity) {
        if (arity != fieldIndexes.length) {
            throw new IllegalArgumentException(
                    "projectTuple"
                            + arity
                            + "() needs "
                            + arity
                            + " fields, but project() was given "
                            + fieldIndexes.length
                            + ".");
        }
        TypeInformation<IN> type = dataStream.getType();
        TypeInformation<OUT> outputType =
                type == null ? null : new TupleTypeInfo<>(extractFieldTypes(fieldIndexes, type));
        return dataStream.add(
                "Projection",
                new OperatorSpec.MapSpec(new TupleFields<>(fieldIndexes)),
                outputType);
    }

    public <T0> SingleOutputStreamOperator<Tuple1<T0>> projectTuple1() {
        return project(1);
    }

    public <T0, T1> SingleOutputStreamOperator<Tuple2<T0, T1>> projectTuple2() {
        return project(2);
    }

    public <T0, T1, T2> SingleOutputStreamOperator<Tuple3<T0, T1, T2>> projectTuple3() {
        return project(3);
    }

    public <T0, T1, T2, T3> SingleOutputStreamOperator<Tuple4<T0, T1, T2, T3>> projectTuple4() {
        return project(4);
    }

    public <T0, T1, T2, T3, T4>
            SingleOutputStreamOperator<Tuple5<T0, T1, T2, T3, T4>> projectTuple5() {
        return project(5);
    }

    public <T0, T1, T2, T3, T4, T5>
            SingleOutputStreamOperator<Tuple6<T0, T1, T2, T3, T4, T5>> projectTuple6() {
        return project(6);
    }

    public <T0, T1, T2, T3, T4, T5, T6>
            SingleOutputStreamOperator<Tuple7<T0, T1, T2, T3, T4, T5, T6>> projectTuple7() {
        return project(7);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7>
            SingleOutputStreamOperator<Tuple8<T0, T1, T2, T3, T4, T5, T6, T7>> projectTuple8() {
        return project(8);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8>
            SingleOutputStreamOperator<Tuple9<T0, T1, T2, T3, T4, T5, T6, T7, T8>> projectTuple9() {
        return project(9);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9>
            SingleOutputStreamOperator<Tuple10<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9>>
                    projectTuple10() {
        return project(10);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>
            SingleOutputStreamOperator<Tuple11<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>
                    projectTuple11() {
        return project(11);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>
            SingleOutputStreamOperator<Tuple12<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>
                    projectTuple12() {
        return project(12);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>
            SingleOutputStreamOperator<
                            Tuple13<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>>
                    projectTuple13() {
        return project(13);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>
            SingleOutputStreamOperator<
                            Tuple14<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>>
                    projectTuple14() {
        return project(14);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>
            SingleOutputStreamOperator<
                            Tuple15<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14>>
                    projectTuple15() {
        return project(15);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15>
            SingleOutputStreamOperator<
                            Tuple16<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15>>
                    projectTuple16() {
        return project(16);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
            SingleOutputStreamOperator<
                            Tuple17<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16>>
                    projectTuple17() {
        return project(17);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
            SingleOutputStreamOperator<
                            Tuple18<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17>>
                    projectTuple18() {
        return project(18);
    }

    public <T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18>
            SingleOutputStreamOperator<
                            Tuple19<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18>>
                    projectTuple19() {
        return project(19);
    }

    public <
                    T0,
                    T1,
                    T2,
                    T3,
                    T4,
                    T5,
                    T6,
                    T7,
                    T8,
                    T9,
                    T10,
                    T11,
                    T12,
                    T13,
                    T14,
                    T15,
                    T16,
                    T17,
                    T18,
                    T19>
            SingleOutputStreamOperator<
                            Tuple20<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18,
                                    T19>>
                    projectTuple20() {
        return project(20);
    }

    public <
                    T0,
                    T1,
                    T2,
                    T3,
                    T4,
                    T5,
                    T6,
                    T7,
                    T8,
                    T9,
                    T10,
                    T11,
                    T12,
                    T13,
                    T14,
                    T15,
                    T16,
                    T17,
                    T18,
                    T19,
                    T20>
            SingleOutputStreamOperator<
                            Tuple21<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18,
                                    T19,
                                    T20>>
                    projectTuple21() {
        return project(21);
    }

    public <
                    T0,
                    T1,
                    T2,
                    T3,
                    T4,
                    T5,
                    T6,
                    T7,
                    T8,
                    T9,
                    T10,
                    T11,
                    T12,
                    T13,
                    T14,
                    T15,
                    T16,
                    T17,
                    T18,
                    T19,
                    T20,
                    T21>
            SingleOutputStreamOperator<
                            Tuple22<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18,
                                    T19,
                                    T20,
                                    T21>>
                    projectTuple22() {
        return project(22);
    }

    public <
                    T0,
                    T1,
                    T2,
                    T3,
                    T4,
                    T5,
                    T6,
                    T7,
                    T8,
                    T9,
                    T10,
                    T11,
                    T12,
                    T13,
                    T14,
                    T15,
                    T16,
                    T17,
                    T18,
                    T19,
                    T20,
                    T21,
                    T22>
            SingleOutputStreamOperator<
                            Tuple23<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18,
                                    T19,
                                    T20,
                                    T21,
                                    T22>>
                    projectTuple23() {
        return project(23);
    }

    public <
                    T0,
                    T1,
                    T2,
                    T3,
                    T4,
                    T5,
                    T6,
                    T7,
                    T8,
                    T9,
                    T10,
                    T11,
                    T12,
                    T13,
                    T14,
                    T15,
                    T16,
                    T17,
                    T18,
                    T19,
                    T20,
                    T21,
                    T22,
                    T23>
            SingleOutputStreamOperator<
                            Tuple24<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18,
                                    T19,
                                    T20,
                                    T21,
                                    T22,
                                    T23>>
                    projectTuple24() {
        return project(24);
    }

    public <
                    T0,
                    T1,
                    T2,
                    T3,
                    T4,
                    T5,
                    T6,
                    T7,
                    T8,
                    T9,
                    T10,
                    T11,
                    T12,
                    T13,
                    T14,
                    T15,
                    T16,
                    T17,
                    T18,
                    T19,
                    T20,
                    T21,
                    T22,
                    T23,
                    T24>
            SingleOutputStreamOperator<
                            Tuple25<
                                    T0,
                                    T1,
                                    T2,
                                    T3,
                                    T4,
                                    T5,
                                    T6,
                                    T7,
                                    T8,
                                    T9,
                                    T10,
                                    T11,
                                    T12,
                                    T13,
                                    T14,
                                    T15,
                                    T16,
                                    T17,
                                    T18,
                                    T19,
                                    T20,
                                    T21,
                                    T22,
                                    T23,
                                    T24>>
                    projectTuple25() {
        return project(25);
    }
}
