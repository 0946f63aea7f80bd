package io.millrace.api.type;

import io.millrace.api.tuple.Tuple;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds type descriptions by reflection. Null means "not known": a type variable that nobody bound,
 * as with most lambdas; the runtime then finds the type from the records. Pure.
 */
public class TypeExtractor {
    private TypeExtractor() {}

    /** Same as {@link TypeInformation#of(Class)}. */
    public static <X> TypeInformation<X> getForClass(Class<X> type) {
        return TypeInformation.of(type);
    }

    public static <T> TypeInformation<T> createTypeInfo(Class<T> type) {
        return TypeInformation.of(type);
    }

    /** The description of a type with parameters; null if one of them is unknown. */
    public static TypeInformation<?> createTypeInfo(Type type) {
        return of(type, new Scope());
    }

    /**
     * The description of a value; tuples by the values of their fields. Null if one is not known.
     */
    @SuppressWarnings("unchecked")
    public static <X> TypeInformation<X> getForObject(X value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Tuple tuple
                && tuple.getClass() == Tuple.getTupleClass(tuple.getArity())) {
            TypeInformation<?>[] types = new TypeInformation<?>[tuple.getArity()];
            for (int i = 0; i < types.length; i++) {
                Object field = tuple.getField(i);
                types[i] = getForObject(field);
                if (types[i] == null) {
                    return null;
                }
            }
            return (TypeInformation<X>) new TupleTypeInfo<>(types);
        }
        return (TypeInformation<X>) ofClass(value.getClass());
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

    /**
     * What a function returns or emits.
     *
     * @param base the function interface or class, with its type parameters
     * @param output index of the type parameter that is the result
     * @param input index of the type parameter that the function is given, or -1
     * @param inputType null if unknown
     * @return null if it is erased
     */
    @SuppressWarnings("unchecked")
    public static <O> TypeInformation<O> resultOf(
            Object function, Class<?> base, int output, int input, TypeInformation<?> inputType) {
        if (function instanceof ResultTypeQueryable<?> queryable) {
            return (TypeInformation<O>) queryable.getProducedType();
        }
        Class<?> type = function.getClass();
        Bindings bindings = Bindings.of(type);
        Type out = bindings.resolve(base.getTypeParameters()[output]);
        if (out instanceof TypeVariable<?>
                && input >= 0
                && out != base.getTypeParameters()[output]
                && out.equals(bindings.resolve(base.getTypeParameters()[input]))) {
            return (TypeInformation<O>) inputType;
        }
        if (out.equals(base.getTypeParameters()[output])) {
            return (TypeInformation<O>) ofLambdaResult(function);
        }
        return (TypeInformation<O>) known(of(out, new Scope().with(bindings)));
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
        return of(bindings.resolve(base.getTypeParameters()[index]), new Scope().with(bindings));
    }

    @SuppressWarnings("unchecked")
    static <T> TypeInformation<T> ofClass(Class<T> type) {
        return (TypeInformation<T>) of(type, new Scope());
    }

    static TypeInformation<?> ofField(Field field, Type owner, Scope scope) {
        return orGeneric(of(field.getGenericType(), scope), field.getType());
    }

    private static TypeInformation<?> orGeneric(TypeInformation<?> type, Class<?> erased) {
        return type != null ? type : new GenericTypeInfo<>(erased);
    }

    private static TypeInformation<?> of(Type unresolved, Scope scope) {
        Type type = scope.bindings.resolve(unresolved);
        if (type instanceof TypeVariable<?>) {
            return null;
        }
        if (type instanceof java.lang.reflect.WildcardType wildcard) {
            Type bound = wildcard.getUpperBounds()[0];
            return bound == Object.class ? null : of(bound, scope);
        }
        if (type instanceof java.lang.reflect.GenericArrayType array) {
            TypeInformation<?> component = of(array.getGenericComponentType(), scope);
            return component == null ? null : ObjectArrayTypeInfo.getInfoFor(component);
        }
        Class<?> raw = Bindings.erase(type);
        TypeInformation<?> single = withoutFields(raw, scope);
        return single != null ? single : withParts(raw, type, scope);
    }

    private static TypeInformation<?> withoutFields(Class<?> raw, Scope scope) {
        TypeInformation<?> basic = BasicTypeInfo.getInfoFor(raw);
        if (basic != null) {
            return basic;
        }
        if (raw.isArray()) {
            TypeInformation<?> primitive = PrimitiveArrayTypeInfo.getInfoFor(raw);
            if (primitive != null) {
                return primitive;
            }
            TypeInformation<?> component = of(raw.getComponentType(), scope);
            return component == null ? null : ObjectArrayTypeInfo.getInfoFor(component);
        }
        Class<?> enumClass =
                Enum.class.isAssignableFrom(raw) && !raw.isEnum() ? raw.getSuperclass() : raw;
        return enumClass.isEnum() ? enumOf(enumClass) : null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> enumOf(Class<?> enumClass) {
        return new EnumTypeInfo(enumClass);
    }

    private static TypeInformation<?> withParts(Class<?> raw, Type type, Scope scope) {
        if (raw == List.class || raw == Set.class || raw == Optional.class || raw == Map.class) {
            return collection(raw, type, scope);
        }
        Scope inside = scope.with(Bindings.of(type));
        if (Tuple.class.isAssignableFrom(raw) && raw != Tuple.class && isPlainTuple(raw)) {
            return tuple(raw, inside);
        }
        if (scope.contains(raw)) {
            return new GenericTypeInfo<>(raw);
        }
        inside = inside.enter(raw);
        if (raw.isRecord()) {
            return record(raw, inside);
        }
        if (raw.isSealed() && (raw.isInterface() || Modifier.isAbstract(raw.getModifiers()))) {
            return sealed(raw, inside);
        }
        if (PojoAccessors.whyNoPojo(raw) == null) {
            return new PojoTypeInfo<>(raw, PojoAccessors.fieldsOf(raw, type, inside, Map.of()));
        }
        return new GenericTypeInfo<>(raw);
    }

    private static TypeInformation<?> collection(Class<?> raw, Type type, Scope scope) {
        if (!(type instanceof ParameterizedType parameterized)) {
            return null;
        }
        List<TypeInformation<?>> parts = new ArrayList<>();
        for (Type argument : parameterized.getActualTypeArguments()) {
            TypeInformation<?> part = of(argument, scope);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        if (raw == Map.class) {
            return new MapTypeInfo<>(parts.get(0), parts.get(1));
        }
        if (raw == List.class) {
            return new ListTypeInfo<>(parts.get(0));
        }
        return raw == Set.class
                ? new SetTypeInfo<>(parts.get(0))
                : new OptionalTypeInfo<>(parts.get(0));
    }

    /** Whether the class is one of our tuples, or a subclass that adds no fields. */
    private static boolean isPlainTuple(Class<?> raw) {
        Class<?> type = raw;
        while (!isOurTuple(type)) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    return false;
                }
            }
            type = type.getSuperclass();
        }
        return true;
    }

    private static boolean isOurTuple(Class<?> type) {
        return type.getSuperclass() == Tuple.class;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> tuple(Class<?> raw, Scope inside) {
        Class<?> ours = raw;
        while (!isOurTuple(ours)) {
            ours = ours.getSuperclass();
        }
        TypeVariable<?>[] parameters = ours.getTypeParameters();
        TypeInformation<?>[] types = new TypeInformation<?>[parameters.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = of(parameters[i], inside);
            if (types[i] == null) {
                return null;
            }
        }
        return new TupleTypeInfo(raw, types);
    }

    private static TypeInformation<?> record(Class<?> raw, Scope inside) {
        List<TypeField> fields = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            fields.add(
                    new TypeField(
                            component.getName(),
                            orGeneric(of(component.getGenericType(), inside), component.getType()),
                            component.getType(),
                            TypeField.Access.COMPONENT,
                            raw));
        }
        return new RecordTypeInfo<>(raw, fields);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> sealed(Class<?> raw, Scope inside) {
        List<TypeInformation<?>> leaves = new ArrayList<>();
        addLeaves(raw, inside, leaves);
        return new SealedTypeInfo(raw, leaves);
    }

    private static void addLeaves(Class<?> raw, Scope inside, List<TypeInformation<?>> leaves) {
        for (Class<?> permitted : raw.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                addLeaves(permitted, inside, leaves);
            }
            boolean concrete =
                    !permitted.isInterface() && !Modifier.isAbstract(permitted.getModifiers());
            if (concrete || !permitted.isSealed()) {
                TypeInformation<?> leaf = orGeneric(of(permitted, inside), permitted);
                if (leaves.stream().noneMatch(known -> known.equals(leaf))) {
                    leaves.add(leaf);
                }
            }
        }
    }

    /**
     * Bindings of type variables, and the classes that enclose the one being described. Immutable.
     */
    static final class Scope {
        private final Bindings bindings;
        private final List<Class<?>> enclosing;

        Scope() {
            this(Bindings.none(), List.of());
        }

        private Scope(Bindings bindings, List<Class<?>> enclosing) {
            this.bindings = bindings;
            this.enclosing = enclosing;
        }

        Scope with(Bindings more) {
            return new Scope(bindings.and(more), enclosing);
        }

        Scope enter(Class<?> type) {
            List<Class<?>> all = new ArrayList<>(enclosing);
            all.add(type);
            return new Scope(bindings, all);
        }

        boolean contains(Class<?> type) {
            return enclosing.contains(type);
        }
    }
}
