package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds who else describes a class: a factory that it names, or a library's provider. Pure. */
final class TypeFactories {
    /**
     * Looking for service files costs a millisecond where there are many jars. What was found stays
     * with the class, and goes with it.
     */
    private static final ClassValue<Optional<TypeInformation<?>>> FOREIGN =
            new ClassValue<>() {
                @Override
                protected Optional<TypeInformation<?>> computeValue(Class<?> type) {
                    return Optional.ofNullable(lookUp(type));
                }
            };

    private TypeFactories() {}

    /** The factory that a class or one of its superclasses names; null if none does. */
    @SuppressWarnings("unchecked") // the annotation has a raw class, as programs know it
    static Class<? extends TypeInfoFactory<?>> of(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            TypeInfo annotation = c.getDeclaredAnnotation(TypeInfo.class);
            if (annotation != null) {
                return (Class<? extends TypeInfoFactory<?>>) annotation.value();
            }
        }
        return null;
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if the factory cannot be made or gives null
     */
    @SuppressWarnings("rawtypes")
    static TypeInformation<?> make(
            Class<? extends TypeInfoFactory> factory,
            Type type,
            Map<String, TypeInformation<?>> arguments) {
        TypeInfoFactory<?> made;
        try {
            var constructor = factory.getDeclaredConstructor();
            constructor.setAccessible(true);
            made = constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw invalid(
                    factory, type, "cannot be made: it needs a constructor without arguments", e);
        }
        TypeInformation<?> described = made.createTypeInfo(type, arguments);
        if (described == null) {
            throw invalid(factory, type, "returned null", null);
        }
        return described;
    }

    private static MillraceException invalid(
            Class<?> factory, Type type, String what, Throwable cause) {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "The factory "
                        + factory.getName()
                        + " that describes "
                        + type.getTypeName()
                        + " "
                        + what
                        + ".",
                cause);
    }

    /** The description by a library's provider that the class's own loader sees; null if none. */
    static TypeInformation<?> foreign(Class<?> type) {
        return FOREIGN.get(type).orElse(null);
    }

    private static TypeInformation<?> lookUp(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return null;
        }
        return ServiceLoader.load(TypeInformationProvider.class, loader).stream()
                .map(provider -> provider.get().describe(type))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
