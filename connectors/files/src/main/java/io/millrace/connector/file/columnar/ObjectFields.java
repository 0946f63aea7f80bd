package io.millrace.connector.file.columnar;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.RecordTypeInfo;
import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * How objects of a plain class or Java record are made of columns of their fields, and give their
 * fields to columns. Immutable.
 */
public final class ObjectFields<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final TypeInformation<T> description;

    /**
     * @param format whose columns they are, for the message
     * @throws MillraceException {@code PROGRAM_INVALID} if the class is neither
     */
    public ObjectFields(Class<T> type, String format) {
        this.type = type;
        this.description = TypeInformation.of(type);
        if (!(description instanceof PojoTypeInfo<?> || description instanceof RecordTypeInfo<?>)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName()
                            + " is neither a Java record nor a plain class with a public"
                            + " constructor without arguments and public fields or setters, so that"
                            + " its fields cannot be columns of "
                            + format
                            + ".");
        }
    }

    /** The class of the objects. */
    public Class<T> type() {
        return type;
    }

    public TypeInformation<T> description() {
        return description;
    }

    public boolean isRecord() {
        return type.isRecord();
    }

    /** Of a Java record, its components in their order. */
    public List<TypeField> fields() {
        return description instanceof PojoTypeInfo<?> pojo
                ? pojo.fields()
                : ((RecordTypeInfo<?>) description).fields();
    }

    /** The constructor of all components, of exactly their types. */
    public MethodHandle canonicalConstructor() throws ReflectiveOperationException {
        Class<?>[] types = fields().stream().map(TypeField::rawType).toArray(Class<?>[]::new);
        return lookup(type).findConstructor(type, MethodType.methodType(void.class, types));
    }

    /** The constructor without arguments; gives an {@code Object}. */
    public MethodHandle emptyConstructor() throws ReflectiveOperationException {
        return lookup(type)
                .findConstructor(type, MethodType.methodType(void.class))
                .asType(MethodType.methodType(Object.class));
    }

    /** Takes an object and a value of the field's type, and gives nothing. */
    public MethodHandle setter(TypeField field) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = lookup(field.declaredIn());
        if (field.access() == TypeField.Access.PUBLIC_FIELD) {
            return lookup.findSetter(field.declaredIn(), field.name(), field.rawType());
        }
        for (var method : field.declaredIn().getMethods()) {
            if (method.getName().equals(field.writeMethod())
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == field.rawType()) {
                MethodHandle handle = lookup.unreflect(method);
                return handle.asType(handle.type().changeReturnType(void.class));
            }
        }
        throw new NoSuchMethodException(field.writeMethod());
    }

    /** Takes an object and gives the field's value, which is boxed: {@code Object (Object)}. */
    public MethodHandle getter(TypeField field) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = lookup(field.declaredIn());
        MethodHandle handle =
                field.access() == TypeField.Access.PUBLIC_FIELD
                        ? lookup.findGetter(field.declaredIn(), field.name(), field.rawType())
                        : lookup.findVirtual(
                                field.declaredIn(),
                                field.readMethod(),
                                MethodType.methodType(field.rawType()));
        return handle.asType(MethodType.methodType(Object.class, Object.class));
    }

    private static MethodHandles.Lookup lookup(Class<?> of) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(of, MethodHandles.lookup());
    }

    public T cast(Object made) {
        return type.cast(made);
    }

    /** What a file says that has no column for a field that cannot be null. */
    public String lacking(TypeField primitive) {
        return "the file has no column '"
                + primitive.name()
                + "' for the primitive field of "
                + type.getName()
                + ". Declare it as an object to have null instead";
    }

    /** The class has no such constructor or setter, or they are not to be had. */
    public MillraceException unusable(ReflectiveOperationException cause) {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                type.getName() + " cannot be made: " + cause.getMessage() + ". Make it public.",
                cause);
    }

    /** A field is not to be read. */
    public MillraceException unreadable(ReflectiveOperationException cause) {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "a field of "
                        + type.getName()
                        + " cannot be read: "
                        + cause.getMessage()
                        + ". Make it, or its getter, public.",
                cause);
    }

    /**
     * What the reading of a field has thrown.
     *
     * @throws Error that it is itself
     */
    public MillraceException unread(Throwable error) {
        return coded(error, "a field of a " + type.getName() + " could not be read");
    }

    /**
     * What the making of an object has thrown.
     *
     * @throws Error that it is itself
     */
    public MillraceException failed(Throwable error) {
        return coded(error, "a " + type.getName() + " could not be made");
    }

    private static MillraceException coded(Throwable error, String message) {
        if (error instanceof MillraceException coded) {
            return coded;
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return new MillraceException(ErrorCode.USER_CODE_FAILED, message, error);
    }
}
