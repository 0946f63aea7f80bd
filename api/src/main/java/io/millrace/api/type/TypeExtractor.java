package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.input.InputFormat;
import io.millrace.api.tuple.Tuple;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds type descriptions by reflection. Null means "not known": a type variable that nobody bound,
 * as with most lambdas; the runtime then finds the type from the records. Pure.
 */
public class TypeExtractor extends FunctionTypes {
    /** Says that a function has no such type parameter. */
    public static final int[] NO_INDEX = {};

    protected TypeExtractor() {}

    /** Same as {@link TypeInformation#of(Class)}. */
    public static <X> TypeInformation<X> getForClass(Class<X> type) {
        return TypeInformation.of(type);
    }

    public static <T> TypeInformation<T> createTypeInfo(Class<T> type) {
        return TypeInformation.of(type);
    }

    /** The description of a type with parameters; null if one of them is unknown. */
    public static TypeInformation<?> createTypeInfo(Type type) {
        return ReflectedTypes.of(type, new ReflectedTypes.Scope());
    }

    /**
     * How a factory or a library's provider describes a class, or that it writes itself; null if
     * nobody but us describes it.
     */
    public static TypeInformation<?> ownDescription(Class<?> type) {
        Class<? extends TypeInfoFactory<?>> factory = TypeFactories.of(type);
        if (factory != null) {
            return TypeFactories.make(factory, type, Map.of());
        }
        return ReflectedTypes.isValue(type)
                ? ReflectedTypes.valueOf(type)
                : TypeFactories.foreign(type);
    }

    /**
     * What an object's class binds a type parameter of {@code baseClass} to; null if it did not.
     *
     * @param instance asked first, if it is {@link ResultTypeQueryable}
     */
    @SuppressWarnings("unchecked")
    public static <OUT> TypeInformation<OUT> createTypeInfo(
            Object instance, Class<?> baseClass, Class<?> clazz, int returnParamPos) {
        return instance instanceof ResultTypeQueryable<?> queryable
                ? (TypeInformation<OUT>) queryable.getProducedType()
                : (TypeInformation<OUT>) parameterOf(clazz, baseClass, returnParamPos);
    }

    /**
     * Same, where the first parameters of {@code baseClass} are what comes in.
     *
     * @param in1Type of the first parameter; null if unknown
     * @param in2Type of the second; null if unknown or if there is none
     */
    @SuppressWarnings("unchecked")
    public static <IN1, IN2, OUT> TypeInformation<OUT> createTypeInfo(
            Class<?> baseClass,
            Class<?> clazz,
            int returnParamPos,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type) {
        Bindings bindings = Bindings.of(clazz);
        InputMatch match = new InputMatch(bindings);
        TypeVariable<?>[] parameters = baseClass.getTypeParameters();
        match.match(parameters[0], in1Type);
        if (in2Type != null) {
            match.match(parameters[1], in2Type);
        }
        return (TypeInformation<OUT>)
                ReflectedTypes.of(
                        parameters[returnParamPos],
                        new ReflectedTypes.Scope().with(bindings).given(match.found()));
    }

    /** The type itself that a class binds a type parameter of {@code baseClass} to. */
    public static Type getParameterType(Class<?> baseClass, Class<?> clazz, int pos) {
        return Bindings.of(clazz).resolve(baseClass.getTypeParameters()[pos]);
    }

    /**
     * The description of a value; tuples and rows by the values of their fields. Null if one is not
     * known.
     */
    @SuppressWarnings("unchecked")
    public static <X> TypeInformation<X> getForObject(X value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Tuple tuple
                && tuple.getClass() == Tuple.getTupleClass(tuple.getArity())) {
            TypeInformation<?>[] types = typesOf(tuple.getArity(), tuple::getField);
            return types == null ? null : (TypeInformation<X>) new TupleTypeInfo<>(types);
        }
        if (value instanceof Row row && row.getFieldNames(true) == null) {
            TypeInformation<?>[] types = typesOf(row.getArity(), row::getField);
            return (TypeInformation<X>)
                    (types == null ? new GenericTypeInfo<>(Row.class) : new RowTypeInfo(types));
        }
        return (TypeInformation<X>) ofClass(value.getClass());
    }

    private static TypeInformation<?>[] typesOf(
            int arity, java.util.function.IntFunction<Object> fields) {
        TypeInformation<?>[] types = new TypeInformation<?>[arity];
        for (int i = 0; i < arity; i++) {
            types[i] = getForObject(fields.apply(i));
            if (types[i] == null) {
                return null;
            }
        }
        return types;
    }

    /** The common description of values that are not null, or null if they have none. */
    public static <X> TypeInformation<X> getForObjects(Iterable<? extends X> values) {
        TypeInformation<X> common = null;
        Class<?> lastClass = null;
        for (X value : values) {
            if (common != null && value.getClass() == lastClass && !common.isTupleType()) {
                continue;
            }
            TypeInformation<X> found = getForObject(value);
            if (found == null || (common != null && !common.equals(found))) {
                return null;
            }
            common = found;
            lastClass = value.getClass();
        }
        return common;
    }

    /** What an input format reads; null if it is erased. */
    public static <IN> TypeInformation<IN> getInputFormatTypes(
            InputFormat<IN, ?> inputFormatInterface) {
        return resultOf(inputFormatInterface, InputFormat.class, 0, -1, null);
    }

    /**
     * What a function returns or emits.
     *
     * @param base the function interface or class, with its type parameters
     * @param output index of the type parameter that is the result
     * @param input index of the type parameter that the function is given, or -1
     * @param inputType null if unknown
     * @return null if it is erased
     */
    public static <O> TypeInformation<O> resultOf(
            Object function, Class<?> base, int output, int input, TypeInformation<?> inputType) {
        return resultOf(function, base, output, input, inputType, -1, null);
    }

    /** Same, for a function of two inputs. */
    @SuppressWarnings("unchecked")
    public static <O> TypeInformation<O> resultOf(
            Object function,
            Class<?> base,
            int output,
            int input1,
            TypeInformation<?> input1Type,
            int input2,
            TypeInformation<?> input2Type) {
        if (function instanceof ResultTypeQueryable<?> queryable) {
            return (TypeInformation<O>) queryable.getProducedType();
        }
        Bindings bindings = Bindings.of(function.getClass());
        TypeVariable<?>[] parameters = base.getTypeParameters();
        Type out = bindings.resolve(parameters[output]);
        if (out.equals(parameters[output])) {
            return (TypeInformation<O>) ofLambdaResult(function);
        }
        InputMatch match = new InputMatch(bindings);
        if (input1 >= 0) {
            match.match(parameters[input1], input1Type);
        }
        if (input2 >= 0) {
            match.match(parameters[input2], input2Type);
        }
        ReflectedTypes.Scope scope = new ReflectedTypes.Scope().with(bindings).given(match.found());
        return (TypeInformation<O>) known(ReflectedTypes.of(out, scope));
    }

    private static TypeInformation<?> ofLambdaResult(Object function) {
        Class<?> erased = LambdaSignature.resultOf(function);
        return erased == null || erased == void.class ? null : known(ofClass(erased));
    }

    /** {@code Object} says as little as an erased type: leave it to the records. */
    private static TypeInformation<?> known(TypeInformation<?> type) {
        return type != null && type.getTypeClass() == Object.class ? null : type;
    }

    /**
     * A type parameter of {@code base} as {@code type}, its subtype, bound it; null if it did not.
     */
    static TypeInformation<?> parameterOf(Class<?> type, Class<?> base, int index) {
        Bindings bindings = Bindings.of(type);
        return ReflectedTypes.of(
                bindings.resolve(base.getTypeParameters()[index]),
                new ReflectedTypes.Scope().with(bindings));
    }

    @SuppressWarnings("unchecked")
    static <T> TypeInformation<T> ofClass(Class<T> type) {
        return (TypeInformation<T>) ReflectedTypes.of(type, new ReflectedTypes.Scope());
    }

    /**
     * The description of a class of Hadoop's {@code Writable}s: they are written by their fields,
     * as all other classes.
     */
    public static <T> TypeInformation<T> createHadoopWritableTypeInfo(Class<T> typeClass) {
        return TypeInformation.of(typeClass);
    }

    /**
     * The description of a POJO, or null if the class is none.
     *
     * @param type a class, or one with arguments
     * @param typeHierarchy not used
     * @param in1Type not used: the arguments of {@code type} say all
     * @param in2Type not used
     */
    @SuppressWarnings("unchecked")
    protected <OUT, IN1, IN2> TypeInformation<OUT> analyzePojo(
            Type type,
            List<Type> typeHierarchy,
            TypeInformation<IN1> in1Type,
            TypeInformation<IN2> in2Type) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
        if (PojoAccessors.whyNoPojo(raw) != null) {
            return null;
        }
        ReflectedTypes.Scope scope = new ReflectedTypes.Scope().with(Bindings.of(type)).enter(raw);
        return (TypeInformation<OUT>)
                new PojoTypeInfo<>(raw, PojoAccessors.fieldsOf(raw, scope, Map.of()).stream());
    }

    /** Whether a class is a Java record. */
    public static boolean isRecord(Class<?> clazz) {
        return clazz.isRecord();
    }

    /**
     * The fields of a class and its superclasses that are neither static nor transient.
     *
     * @param ignoreDuplicates false to refuse a name that a superclass has used
     */
    public static List<Field> getAllDeclaredFields(Class<?> clazz, boolean ignoreDuplicates) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = clazz; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())) {
                    continue;
                }
                if (!ignoreDuplicates
                        && fields.stream().anyMatch(f -> f.getName().equals(field.getName()))) {
                    throw new MillraceException(
                            ErrorCode.PROGRAM_INVALID,
                            clazz.getName()
                                    + " and a superclass both have a field '"
                                    + field.getName()
                                    + "'. Rename one.");
                }
                fields.add(field);
            }
        }
        return fields;
    }

    /** The field of that name nearest to the class; null if there is none. */
    public static Field getDeclaredField(Class<?> clazz, String name) {
        return getAllDeclaredFields(clazz, true).stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
