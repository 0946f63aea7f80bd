package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.CoGroupFunction;
import io.millrace.api.function.CrossFunction;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.GroupCombineFunction;
import io.millrace.api.function.GroupReduceFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.Partitioner;

/**
 * What functions return, as programs ask for it through {@link TypeExtractor}. The methods without
 * a name are those with one that say no name and do not allow an erased type. Pure.
 */
abstract class FunctionTypes {
    FunctionTypes() {}

    /**
     * Same as {@link TypeExtractor#resultOf}, for programs that know the function's type parameters
     * by index.
     *
     * @param lambdaOutputTypeArgumentIndices not used: a lambda's own class says what it returns
     * @param allowMissing true to get null, not an error, if it is erased
     * @throws MillraceException {@code PROGRAM_INVALID} naming the function, if it is erased
     */
    public static <IN, OUT> TypeInformation<OUT> getUnaryOperatorReturnType(
            Function function,
            Class<?> baseClass,
            int inputTypeArgumentIndex,
            int outputTypeArgumentIndex,
            int[] lambdaOutputTypeArgumentIndices,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return required(
                TypeExtractor.resultOf(
                        function,
                        baseClass,
                        outputTypeArgumentIndex,
                        inputTypeArgumentIndex,
                        inType),
                function,
                functionName,
                allowMissing);
    }

    /** Same, for a function of two inputs. */
    public static <IN1, IN2, OUT> TypeInformation<OUT> getBinaryOperatorReturnType(
            Function function,
            Class<?> baseClass,
            int input1TypeArgumentIndex,
            int input2TypeArgumentIndex,
            int outputTypeArgumentIndex,
            int[] lambdaOutputTypeArgumentIndices,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type,
            String functionName,
            boolean allowMissing) {
        return required(
                TypeExtractor.resultOf(
                        function,
                        baseClass,
                        outputTypeArgumentIndex,
                        input1TypeArgumentIndex,
                        in1Type,
                        input2TypeArgumentIndex,
                        in2Type),
                function,
                functionName,
                allowMissing);
    }

    private static <OUT> TypeInformation<OUT> required(
            TypeInformation<OUT> found, Object function, String name, boolean allowMissing) {
        if (found == null && !allowMissing) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "The type that "
                            + (name == null ? function.getClass().getName() : name)
                            + " returns is erased. Write it as a class, or give the type with"
                            + " returns(...).");
        }
        return found;
    }

    public static <IN, OUT> TypeInformation<OUT> getMapReturnTypes(
            MapFunction<IN, OUT> function, TypeInformation<IN> inType) {
        return getMapReturnTypes(function, inType, null, false);
    }

    public static <IN, OUT> TypeInformation<OUT> getMapReturnTypes(
            MapFunction<IN, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(function, MapFunction.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN, OUT> TypeInformation<OUT> getFlatMapReturnTypes(
            FlatMapFunction<IN, OUT> function, TypeInformation<IN> inType) {
        return getFlatMapReturnTypes(function, inType, null, false);
    }

    public static <IN, OUT> TypeInformation<OUT> getFlatMapReturnTypes(
            FlatMapFunction<IN, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(function, FlatMapFunction.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN, OUT> TypeInformation<OUT> getMapPartitionReturnTypes(
            MapPartitionFunction<IN, OUT> function, TypeInformation<IN> inType) {
        return getMapPartitionReturnTypes(function, inType, null, false);
    }

    public static <IN, OUT> TypeInformation<OUT> getMapPartitionReturnTypes(
            MapPartitionFunction<IN, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(
                function, MapPartitionFunction.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN, OUT> TypeInformation<OUT> getGroupReduceReturnTypes(
            GroupReduceFunction<IN, OUT> function, TypeInformation<IN> inType) {
        return getGroupReduceReturnTypes(function, inType, null, false);
    }

    public static <IN, OUT> TypeInformation<OUT> getGroupReduceReturnTypes(
            GroupReduceFunction<IN, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(function, GroupReduceFunction.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN, OUT> TypeInformation<OUT> getGroupCombineReturnTypes(
            GroupCombineFunction<IN, OUT> function, TypeInformation<IN> inType) {
        return getGroupCombineReturnTypes(function, inType, null, false);
    }

    public static <IN, OUT> TypeInformation<OUT> getGroupCombineReturnTypes(
            GroupCombineFunction<IN, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(
                function, GroupCombineFunction.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN, OUT> TypeInformation<OUT> getKeySelectorTypes(
            KeySelector<IN, OUT> function, TypeInformation<IN> inType) {
        return getKeySelectorTypes(function, inType, null, false);
    }

    public static <IN, OUT> TypeInformation<OUT> getKeySelectorTypes(
            KeySelector<IN, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(function, KeySelector.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getFlatJoinReturnTypes(
            FlatJoinFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type) {
        return getFlatJoinReturnTypes(function, in1Type, in2Type, null, false);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getFlatJoinReturnTypes(
            FlatJoinFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type,
            String functionName,
            boolean allowMissing) {
        return binary(
                function, FlatJoinFunction.class, in1Type, in2Type, functionName, allowMissing);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getJoinReturnTypes(
            JoinFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type) {
        return getJoinReturnTypes(function, in1Type, in2Type, null, false);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getJoinReturnTypes(
            JoinFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type,
            String functionName,
            boolean allowMissing) {
        return binary(function, JoinFunction.class, in1Type, in2Type, functionName, allowMissing);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getCoGroupReturnTypes(
            CoGroupFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type) {
        return getCoGroupReturnTypes(function, in1Type, in2Type, null, false);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getCoGroupReturnTypes(
            CoGroupFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type,
            String functionName,
            boolean allowMissing) {
        return binary(
                function, CoGroupFunction.class, in1Type, in2Type, functionName, allowMissing);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getCrossReturnTypes(
            CrossFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type) {
        return getCrossReturnTypes(function, in1Type, in2Type, null, false);
    }

    public static <IN1, IN2, OUT> TypeInformation<OUT> getCrossReturnTypes(
            CrossFunction<IN1, IN2, OUT> function,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type,
            String functionName,
            boolean allowMissing) {
        return binary(function, CrossFunction.class, in1Type, in2Type, functionName, allowMissing);
    }

    public static <IN, ACC> TypeInformation<ACC> getAggregateFunctionAccumulatorType(
            AggregateFunction<IN, ACC, ?> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        // The result of a lambda's method is not the accumulator; but no lambda has three methods.
        return unary(function, AggregateFunction.class, 0, 1, inType, functionName, allowMissing);
    }

    public static <IN, OUT> TypeInformation<OUT> getAggregateFunctionReturnType(
            AggregateFunction<IN, ?, OUT> function,
            TypeInformation<IN> inType,
            String functionName,
            boolean allowMissing) {
        return unary(function, AggregateFunction.class, 0, 2, inType, functionName, allowMissing);
    }

    public static <T> TypeInformation<T> getPartitionerTypes(Partitioner<T> partitioner) {
        return getPartitionerTypes(partitioner, null, false);
    }

    public static <T> TypeInformation<T> getPartitionerTypes(
            Partitioner<T> partitioner, String functionName, boolean allowMissing) {
        return unary(partitioner, Partitioner.class, -1, 0, null, functionName, allowMissing);
    }

    private static <IN, OUT> TypeInformation<OUT> unary(
            Function function,
            Class<?> base,
            int input,
            int output,
            TypeInformation<IN> inType,
            String name,
            boolean allowMissing) {
        return getUnaryOperatorReturnType(
                function, base, input, output, TypeExtractor.NO_INDEX, inType, name, allowMissing);
    }

    private static <IN1, IN2, OUT> TypeInformation<OUT> binary(
            Function function,
            Class<?> base,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type,
            String name,
            boolean allowMissing) {
        return getBinaryOperatorReturnType(
                function,
                base,
                0,
                1,
                2,
                TypeExtractor.NO_INDEX,
                in1Type,
                in2Type,
                name,
                allowMissing);
    }
}
