"""Fields of a container and of all that stands in it: ports, environment, probes, lifecycle, security, resources.

Source: the Go types of k8s.io/api v0.33 to v0.37 and k8s.io/apimachinery; the notation is that of `shape_types`.
"""

CONTAINER = """
AppArmorProfile: type, localhostProfile string
Capabilities: add, drop []string
ConfigMapEnvSource: name string; optional bool
ConfigMapKeySelector: name, key string; optional bool
Container: name, image, workingDir, restartPolicy, terminationMessagePath, terminationMessagePolicy, imagePullPolicy
    string; command, args []string; ports []ContainerPort; envFrom []EnvFromSource; env []EnvVar;
    resources ResourceRequirements; resizePolicy []ContainerResizePolicy; volumeMounts []VolumeMount;
    volumeDevices []VolumeDevice; livenessProbe, readinessProbe, startupProbe Probe; lifecycle Lifecycle;
    securityContext SecurityContext; stdin, stdinOnce, tty bool; restartPolicyRules []ContainerRestartRule since 34
ContainerPort: name, protocol, hostIP string; hostPort, containerPort int32
ContainerResizePolicy: resourceName, restartPolicy string
ContainerRestartRule: action string; exitCodes ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes: operator string; values []int32
EnvFromSource: prefix string; configMapRef ConfigMapEnvSource; secretRef SecretEnvSource
EnvVar: name, value string; valueFrom EnvVarSource
EnvVarSource: fieldRef ObjectFieldSelector; resourceFieldRef ResourceFieldSelector;
    configMapKeyRef ConfigMapKeySelector; secretKeyRef SecretKeySelector; fileKeyRef FileKeySelector since 34
EphemeralContainer: Container; targetContainerName string
ExecAction: command []string
FileKeySelector: volumeName, path, key string; optional bool
GRPCAction: port int32; service string; mode string since 37
HTTPGetAction: path, host, scheme string; port IntOrString; httpHeaders []HTTPHeader; protocol string since 37
HTTPHeader: name, value string
Lifecycle: postStart, preStop LifecycleHandler; stopSignal string
LifecycleHandler: exec ExecAction; httpGet HTTPGetAction; tcpSocket TCPSocketAction; sleep SleepAction
ObjectFieldSelector: apiVersion, fieldPath string
Probe: exec ExecAction; httpGet HTTPGetAction; tcpSocket TCPSocketAction; grpc GRPCAction;
    initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold int32;
    terminationGracePeriodSeconds int64
ResourceClaim: name, request string
ResourceFieldSelector: containerName, resource string; divisor Quantity
ResourceRequirements: limits, requests map[string]Quantity; claims []ResourceClaim
SELinuxOptions: user, role, type, level string
SeccompProfile: type, localhostProfile string
SecretEnvSource: name string; optional bool
SecretKeySelector: name, key string; optional bool
SecurityContext: capabilities Capabilities;
    privileged, runAsNonRoot, readOnlyRootFilesystem, allowPrivilegeEscalation bool; seLinuxOptions SELinuxOptions;
    windowsOptions WindowsSecurityContextOptions; runAsUser, runAsGroup int64; procMount string;
    seccompProfile SeccompProfile; appArmorProfile AppArmorProfile
SleepAction: seconds int64
TCPSocketAction: port IntOrString; host string
VolumeDevice: name, devicePath string
VolumeMount: name, recursiveReadOnly, mountPath, subPath, mountPropagation, subPathExpr string; readOnly bool;
    bindMountOptions []string since 37
WindowsSecurityContextOptions: gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName string; hostProcess bool
"""
