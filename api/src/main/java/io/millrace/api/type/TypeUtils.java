package io.millrace.api.type;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes objects of classes that are known by name. Pure. */
public class TypeUtils implements Serializable {
    private static final long serialVersionUID = 1L;

    public TypeUtils() {}

    /**
     * A new object of a class, which is looked for with the context class loader.
     *
     * @param args of the first constructor that takes them
     * @throws NoSuchMethodException if there is none
     */
    public static Object getInstance(String className, Object... args)
            throws ReflectiveOperationException {
        Class<?> type =
                Class.forName(className, true, Thread.currentThread().getContextClassLoader());
        for (Constructor<?> constructor : type.getConstructors()) {
            if (takes(constructor.getParameterTypes(), args)) {
                try {
                    return constructor.newInstance(args);
                } catch (InvocationTargetException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw e;
                }
            }
        }
        throw new NoSuchMethodException(
                className + " has no public constructor for " + args.length + " such arguments");
    }

    private static boolean takes(Class<?>[] parameters, Object[] args) {
        if (parameters.length != args.length) {
            return false;
        }
        for (int i = 0; i < args.length; i++) {
            Class<?> boxed =
                    java.lang.invoke.MethodType.methodType(parameters[i]).wrap().returnType();
            if (args[i] == null ? parameters[i].isPrimitive() : !boxed.isInstance(args[i])) {
                return false;
            }
        }
        return true;
    }
}
